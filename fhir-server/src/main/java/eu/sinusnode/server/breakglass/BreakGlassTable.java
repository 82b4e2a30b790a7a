package eu.sinusnode.server.breakglass;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.consent.EmergencyReason;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.consent.Openings;
import eu.sinusnode.server.projection.ResourceIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code sinusnode.break_glass}, on the connection of the transaction that is running on the data source, if one is. */
public class BreakGlassTable implements Openings {

    private static final String OPEN = """
            SELECT opening, patient, reason, opened, until FROM sinusnode.break_glass
            WHERE practitioner = :practitioner AND organization = :organization AND term > :at
                AND patient = ANY (:patients) AND opened <= :at AND :at < until
                AND patient NOT IN (SELECT r.patient FROM sinusnode.restriction r)
            """;

    private static final String INSERT = """
            INSERT INTO sinusnode.break_glass
                (opening, patient, organization, practitioner, token, reason, words, opened, until, term)
            VALUES (:opening, :patient, :organization, :practitioner, :token, :reason, :words, :from, :until, :until)
            """;

    private final JdbcClient jdbc;

    public BreakGlassTable(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** A clinician, by ids as they are in the table. */
    record Person(UUID practitioner, UUID organization) {

        static Optional<Person> of(Caller caller) {
            String user = caller.fhirUser();
            if (caller.kind() != CallerKind.CLINICIAN || user == null) {
                return Optional.empty();
            }
            return ResourceIds.parse(user.substring(user.indexOf('/') + 1))
                    .flatMap(practitioner -> ResourceIds.parse(caller.organizationId())
                            .map(organization -> new Person(practitioner, organization)));
        }
    }

    @Override
    public Map<String, Opening> of(Collection<String> patientIds, Caller caller, Instant at) {
        UUID[] patients = patientIds.stream()
                .map(ResourceIds::parse)
                .flatMap(Optional::stream)
                .distinct()
                .toArray(UUID[]::new);
        Optional<Person> person = Person.of(caller);
        if (person.isEmpty() || patients.length == 0) {
            return Map.of();
        }
        Map<String, Opening> opened = new HashMap<>();
        jdbc.sql(OPEN)
                .param("practitioner", person.get().practitioner())
                .param("organization", person.get().organization())
                .param("at", at(at))
                .param("patients", patients)
                .query((row, number) -> read(row))
                .list()
                .forEach(opening -> opened.put(opening.patientId(), opening));
        return opened;
    }

    /** Two requests of one person come one after the other, until the transaction ends. */
    void lock(Person person) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:person, 17))")
                .param("person", person.practitioner().toString())
                .query(row -> {});
    }

    /** How many patients the person has opened whose time is not over, closed early or not. */
    int counted(Person person, Instant at) {
        return jdbc.sql("SELECT count(DISTINCT patient) FROM sinusnode.break_glass WHERE practitioner = :practitioner"
                        + " AND term > :at")
                .param("practitioner", person.practitioner())
                .param("at", at(at))
                .query(Integer.class)
                .single();
    }

    /** Whether a token has opened the patient before. */
    boolean isUsed(Person person, UUID patient, String token) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM sinusnode.break_glass WHERE practitioner = :practitioner"
                        + " AND patient = :patient AND token = :token)")
                .param("practitioner", person.practitioner())
                .param("patient", patient)
                .param("token", token)
                .query(Boolean.class)
                .single();
    }

    /** Whether the record is restricted (Art. 18 GDPR): then it opens to nobody. */
    boolean isRestricted(UUID patient) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM sinusnode.restriction WHERE patient = :patient)")
                .param("patient", patient)
                .query(Boolean.class)
                .single();
    }

    void put(Opening opening, Person person, String token, String words) {
        jdbc.sql(INSERT)
                .param("opening", UUID.fromString(opening.id()))
                .param("patient", UUID.fromString(opening.patientId()))
                .param("organization", person.organization())
                .param("practitioner", person.practitioner())
                .param("token", token)
                .param("reason", opening.reason().name())
                .param("words", words)
                .param("from", at(opening.from()))
                .param("until", at(opening.until()))
                .update();
    }

    /** @return how many of the person's openings of the patient are closed by that */
    int end(Person person, UUID patient, Instant now) {
        return jdbc.sql(
                        "UPDATE sinusnode.break_glass SET until = GREATEST(opened, :now) WHERE practitioner = :practitioner"
                                + " AND organization = :organization AND patient = :patient AND until > :now")
                .param("now", at(now.truncatedTo(ChronoUnit.MILLIS)))
                .param("practitioner", person.practitioner())
                .param("organization", person.organization())
                .param("patient", patient)
                .update();
    }

    /** @return how many openings of the patient, whoever's, are closed by that */
    int endAll(UUID patient, Instant now) {
        return jdbc.sql(
                        "UPDATE sinusnode.break_glass SET until = GREATEST(opened, :now) WHERE patient = :patient AND until > :now")
                .param("now", at(now.truncatedTo(ChronoUnit.MILLIS)))
                .param("patient", patient)
                .update();
    }

    private static Opening read(ResultSet row) throws SQLException {
        return new Opening(
                text(row, "opening"),
                text(row, "patient"),
                EmergencyReason.ofCode(text(row, "reason")).orElseThrow(),
                row.getObject("opened", OffsetDateTime.class).toInstant(),
                row.getObject("until", OffsetDateTime.class).toInstant());
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
