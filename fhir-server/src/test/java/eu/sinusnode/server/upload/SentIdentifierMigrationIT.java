package eu.sinusnode.server.upload;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.postgres.TestPostgres.TestDatabase;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Vital signs from before an identifier was its sender's are recognised by who has most likely sent them. */
class SentIdentifierMigrationIT {

    private static final String PATIENT = UUID.randomUUID().toString();
    private static final String GATEWAY = UUID.randomUUID().toString();
    private static final String CLINIC = UUID.randomUUID().toString();
    private static final String DEVICE = UUID.randomUUID().toString();

    @Test
    void eachVitalHasOneSenderAfterwards() {
        TestDatabase database = TestPostgres.emptyDatabase();
        flyway(database).target("32").load().migrate();
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.url(), database.username(), database.password());
        JdbcTemplate jdbc = new JdbcTemplate(source);
        jdbc.execute("CREATE TABLE public.hfj_resource (res_id bigint, res_type text, fhir_id text, res_ver bigint)");
        jdbc.execute("CREATE TABLE public.hfj_res_ver (res_id bigint, res_ver bigint, res_text_vc text)");
        jdbc.update(
                "INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)"
                        + " VALUES (?::uuid, ?::uuid, 'DEVICE', 'Device', ?::uuid, '-infinity')",
                PATIENT,
                GATEWAY,
                DEVICE);
        Map<String, String> ids = Map.of(
                "measured", stored(jdbc, 1, "measured", device(DEVICE) + performer("Organization/" + CLINIC)),
                "office", stored(jdbc, 2, "office", device("unowned") + performer("Organization/" + CLINIC)),
                "own", stored(jdbc, 3, "own", performer("Patient/" + PATIENT)),
                "by a person", stored(jdbc, 4, "by a person", performer("Practitioner/" + CLINIC)));

        flyway(database).target("33").load().migrate();

        SentIdentifierTable table = new SentIdentifierTable(source, source);
        Sender gateway = new Sender("device-gateway/" + GATEWAY);
        Sender system = new Sender("clinic-system/" + CLINIC);
        Sender patient = new Sender("patient");
        Map<String, Sender> expected =
                Map.of("measured", gateway, "office", system, "own", patient, "by a person", patient);
        expected.forEach((value, sender) -> {
            SentIdentifier identifier = new SentIdentifier("Observation", PATIENT, Canonicals.VITAL_IDENTIFIER, value);
            for (Sender each : Set.of(gateway, system, patient)) {
                Map<SentIdentifier, String> found = table.find(each, Set.of(identifier));
                assertThat(found)
                        .as("%s, %s", value, each)
                        .isEqualTo(each.equals(sender) ? Map.of(identifier, ids.get(value)) : Map.of());
            }
        });
    }

    private static String stored(JdbcTemplate jdbc, int number, String identifier, String more) {
        String id = UUID.randomUUID().toString();
        jdbc.update("INSERT INTO public.hfj_resource VALUES (?, 'Observation', ?, 2)", number, id);
        jdbc.update("INSERT INTO public.hfj_res_ver VALUES (?, 1, '{}')", number);
        jdbc.update(
                "INSERT INTO public.hfj_res_ver VALUES (?, 2, ?)",
                number,
                "{\"resourceType\":\"Observation\",\"status\":\"final\"" + more + "}");
        jdbc.update("INSERT INTO sinusnode.vital_identifier VALUES (?::uuid, ?, ?::uuid)", PATIENT, identifier, id);
        return id;
    }

    private static String device(String id) {
        return ",\"device\":{\"reference\":\"Device/" + id + "\"}";
    }

    private static String performer(String reference) {
        return ",\"performer\":[{\"reference\":\"" + reference + "\"}]";
    }

    private static FluentConfiguration flyway(TestDatabase database) {
        return Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .schemas("sinusnode");
    }
}
