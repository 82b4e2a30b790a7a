package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.postgres.TestPostgres.TestDatabase;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that held records before the table was there. */
class RiskInputMigrationIT {

    private static final String ADA = "0a000000-0000-4000-8000-000000000001";

    private final TestDatabase database = TestPostgres.emptyDatabase();
    private final JdbcTemplate jdbc =
            new JdbcTemplate(new DriverManagerDataSource(database.url(), database.username(), database.password()));
    private int number;

    @Test
    void whatWasStoredBeforeIsThereAfterwards() {
        migrate("25");
        jdbc.execute("CREATE TABLE public.hfj_resource (res_id bigint, res_type text, fhir_id text, res_ver bigint,"
                + " res_deleted_at timestamptz)");
        jdbc.execute(
                "CREATE TABLE public.hfj_res_ver (res_id bigint, res_ver bigint, res_encoding text, res_text_vc text)");
        jdbc.execute("CREATE TABLE public.hfj_spidx_token (res_id bigint, sp_value text)");
        store("Patient", ADA, "{\"birthDate\":\"1960-02-29\",\"gender\":\"male\"}", null);
        String subject = "\"subject\":{\"reference\":\"Patient/" + ADA + "\"}";
        store(
                "Condition",
                UUID.randomUUID().toString(),
                "{" + subject
                        + ",\"code\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/sid/icd-10\",\"code\":\"I48\"}]}}",
                null);
        String observation =
                "{\"status\":\"final\"," + subject + ",\"effectiveDateTime\":\"2026-10-01\",\"valueQuantity\":"
                        + "{\"value\":5.4},\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"%s\"}]}}";
        store("Observation", UUID.randomUUID().toString(), observation.formatted("14647-2"), "14647-2");
        store("Observation", UUID.randomUUID().toString(), observation.formatted("8867-4"), "8867-4");
        store("Observation", "another-form", observation.formatted("14647-2"), "14647-2");

        migrate("26");

        assertThat(jdbc.queryForList(
                        "SELECT resource_type || ' ' || version || ' ' || patient || ' ' || code FROM sinusnode.risk_input"
                                + " WHERE said IS NOT NULL ORDER BY 1",
                        String.class))
                .containsExactly(
                        "Condition 2 " + ADA + " ", "Observation 2 " + ADA + " 14647-2", "Patient 2 " + ADA + " ");
    }

    @Test
    void findingsThatWereStoredBeforeRulesAskedForThemAreThereAfterwards() {
        migrate("28");
        jdbc.execute("CREATE TABLE public.hfj_resource (res_id bigint, res_type text, fhir_id text, res_ver bigint,"
                + " res_deleted_at timestamptz)");
        jdbc.execute(
                "CREATE TABLE public.hfj_res_ver (res_id bigint, res_ver bigint, res_encoding text, res_text_vc text)");
        jdbc.execute("CREATE TABLE public.hfj_spidx_token (res_id bigint, sp_value text)");
        String angina = "{\"status\":\"final\",\"subject\":{\"reference\":\"Patient/" + ADA
                + "\"},\"effectivePeriod\":{\"start\":\"2026-10-02T09:00:00Z\"},\"valueBoolean\":true,\"code\":{\"coding\":[{"
                + "\"system\":\"https://sinusnode.eu/fhir/CodeSystem/observation-code\",\"code\":\"exercise-angina\"}]}}";
        store("Observation", UUID.randomUUID().toString(), angina, "exercise-angina");

        migrate("31");

        assertThat(jdbc.queryForList(
                        "SELECT code || ' ' || (effective IS NULL) || ' ' || (said ->> 'valueBoolean') || ' '"
                                + " || extract(day FROM measured AT TIME ZONE 'UTC') FROM sinusnode.risk_input",
                        String.class))
                .containsExactly("exercise-angina true true 2");
    }

    @Test
    void adherenceAndDrugsThatWereStoredBeforeRulesAskedForThemAreThereAfterwards() {
        migrate("31");
        jdbc.execute("CREATE TABLE public.hfj_resource (res_id bigint, res_type text, fhir_id text, res_ver bigint,"
                + " res_deleted_at timestamptz)");
        jdbc.execute(
                "CREATE TABLE public.hfj_res_ver (res_id bigint, res_ver bigint, res_encoding text, res_text_vc text)");
        jdbc.execute("CREATE TABLE public.hfj_spidx_token (res_id bigint, sp_value text)");
        String subject = "\"subject\":{\"reference\":\"Patient/" + ADA + "\"}";
        store(
                "Observation",
                UUID.randomUUID().toString(),
                "{\"status\":\"final\"," + subject
                        + ",\"effectivePeriod\":{\"start\":\"2026-10-19\",\"end\":\"2026-11-15\"},"
                        + "\"basedOn\":[{\"reference\":\"CarePlan/a\"},{\"reference\":\"MedicationRequest/b\"}],"
                        + "\"dataAbsentReason\":{\"text\":\"No intake was recorded.\"},\"code\":{\"coding\":[{\"system\":"
                        + "\"https://sinusnode.eu/fhir/CodeSystem/observation-code\",\"code\":\"days-covered\"}]}}",
                "days-covered");
        String drug = "{\"status\":\"active\"," + subject + ",\"medicationCodeableConcept\":{\"coding\":[{"
                + "\"system\":\"http://fhir.de/CodeSystem/bfarm/atc\",\"code\":\"%s\"}]}}";
        store("MedicationRequest", UUID.randomUUID().toString(), drug.formatted("C08CA01"), null);
        store("MedicationRequest", UUID.randomUUID().toString(), drug.formatted("C10AA05"), null);

        migrate("46");

        assertThat(jdbc.queryForList(
                        "SELECT resource_type || ' ' || code || ' ' || coalesce(said #>> '{basedOn,0,reference}',"
                                + " said #>> '{medicationCodeableConcept,coding,0,code}') FROM sinusnode.risk_input ORDER BY 1",
                        String.class))
                .containsExactly("MedicationRequest  C08CA01", "Observation days-covered MedicationRequest/b");
    }

    /** In version 2; version 1 said something else. */
    private void store(String type, String id, String json, @Nullable String code) {
        int pid = ++number;
        jdbc.update("INSERT INTO public.hfj_resource VALUES (?, ?, ?, 2, NULL)", pid, type, id);
        jdbc.update("INSERT INTO public.hfj_res_ver VALUES (?, 1, 'JSON', '{}'), (?, 2, 'JSON', ?)", pid, pid, json);
        if (code != null) {
            jdbc.update("INSERT INTO public.hfj_spidx_token VALUES (?, ?)", pid, code);
        }
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .schemas("sinusnode")
                .target(target)
                .load()
                .migrate();
    }
}
