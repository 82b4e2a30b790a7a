package eu.sinusnode.server.audit.reading;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code GET [base]/AuditEvent/$affected-patients?client=&start=&end=}: whose records a client was given, wrote or was
 * refused between two instants, in one query; bulk answers count through their ledger. For auditors.
 *
 * <p>The answer is a Parameters: {@code total}; {@code erased}, how many of them cannot be named any more; and one
 * {@code patient} a patient with {@code reference}, {@code granted} and {@code refused} (events), {@code first}, {@code
 * last}, by the reference; {@code after} gives the next page.
 */
public class AffectedPatientsOperation {

    static final String NAME = "$affected-patients";
    private static final int DEFAULT_COUNT = 200;
    private static final int MAX_COUNT = 999;

    private static final String SELECT = """
            WITH touched AS (
                SELECT e.subject, e.recorded, e.outcome FROM sinusnode.audit_event e
                WHERE e.client = ? AND e.recorded BETWEEN ? AND ? AND e.day >= ? AND e.subject IS NOT NULL
                UNION ALL
                SELECT l.subject, l.recorded, e.outcome FROM sinusnode.audit_event e
                JOIN sinusnode.audit_ledger l ON l.day = e.day AND l.position = e.position
                WHERE e.client = ? AND e.recorded BETWEEN ? AND ? AND e.day >= ? AND e.ledger IS NOT NULL),
            affected AS (
                SELECT s.reference, t.subject, count(*) FILTER (WHERE t.outcome = '0') AS granted,
                    count(*) FILTER (WHERE t.outcome <> '0') AS refused, min(t.recorded) AS first, max(t.recorded) AS last
                FROM touched t LEFT JOIN sinusnode.audit_subject s USING (subject) GROUP BY s.reference, t.subject)
            SELECT reference, granted, refused, first, last,
                count(*) OVER () AS total, count(*) FILTER (WHERE reference IS NULL) OVER () AS erased
            FROM affected ORDER BY reference NULLS LAST
            """;

    private final JdbcTemplate jdbc;
    private final StoredSoFar storedSoFar;

    public AffectedPatientsOperation(DataSource dataSource, StoredSoFar storedSoFar) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.storedSoFar = storedSoFar;
    }

    /** One patient; the reference is null after an erasure. */
    private record Affected(
            @Nullable String reference, int granted, int refused, Instant first, Instant last, int total, int erased) {

        static Affected of(ResultSet row, int number) throws SQLException {
            return new Affected(
                    row.getString("reference"),
                    row.getInt("granted"),
                    row.getInt("refused"),
                    row.getTimestamp("first").toInstant(),
                    row.getTimestamp("last").toInstant(),
                    row.getInt("total"),
                    row.getInt("erased"));
        }
    }

    /** @throws InvalidRequestException when a parameter is missing or not of its form */
    @Operation(name = NAME, type = AuditEvent.class, idempotent = true)
    public Parameters read(
            @OperationParam(name = "client", max = 1) @Nullable StringType client,
            @OperationParam(name = "start", max = 1) @Nullable StringType start,
            @OperationParam(name = "end", max = 1) @Nullable StringType end,
            @OperationParam(name = "after", max = 1) @Nullable StringType after,
            @OperationParam(name = "count", max = 1) @Nullable StringType count) {
        if (client == null || client.isEmpty()) {
            throw new InvalidRequestException("'client' is missing: the OAuth client id.");
        }
        Instant from = Instants.require("start", start);
        Instant to = Instants.require("end", end);
        int wanted = Instants.count(count, DEFAULT_COUNT, MAX_COUNT);
        boolean complete = storedSoFar.await();
        List<Affected> affected = query(client.getValue(), from, to);
        String behind = after == null || after.isEmpty() ? "" : after.getValue();
        Parameters answer = new Parameters();
        answer.addParameter(
                "total",
                new IntegerType(affected.isEmpty() ? 0 : affected.get(0).total()));
        answer.addParameter(
                "erased",
                new IntegerType(affected.isEmpty() ? 0 : affected.get(0).erased()));
        List<Affected> page = affected.stream()
                .filter(patient ->
                        patient.reference() != null && patient.reference().compareTo(behind) > 0)
                .limit(wanted)
                .toList();
        page.forEach(patient -> add(answer, patient));
        if (page.size() == wanted) {
            answer.addParameter("after", new StringType(page.get(wanted - 1).reference()));
        }
        if (!complete) {
            answer.addParameter().setName("outcome").setResource(AuditSearchset.newestAreMissing());
        }
        return answer;
    }

    private List<Affected> query(String client, Instant from, Instant to) {
        var first = from.atOffset(ZoneOffset.UTC);
        var last = to.atOffset(ZoneOffset.UTC);
        LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1);
        return jdbc.query(SELECT, Affected::of, client, first, last, day, client, first, last, day);
    }

    private static void add(Parameters answer, Affected patient) {
        ParametersParameterComponent part = answer.addParameter().setName("patient");
        part.addPart().setName("reference").setValue(new Reference(patient.reference()));
        part.addPart().setName("granted").setValue(new IntegerType(patient.granted()));
        part.addPart().setName("refused").setValue(new IntegerType(patient.refused()));
        part.addPart().setName("first").setValue(new InstantType(Date.from(patient.first())));
        part.addPart().setName("last").setValue(new InstantType(Date.from(patient.last())));
    }
}
