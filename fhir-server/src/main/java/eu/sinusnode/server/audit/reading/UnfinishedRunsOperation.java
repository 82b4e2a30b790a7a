package eu.sinusnode.server.audit.reading;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code GET [base]/AuditEvent/$unfinished-runs?client=&start=&end=}: which runs of a job began between two instants and
 * have not been told to be over. For auditors.
 *
 * <p>The answer is a Parameters: {@code total}, and one {@code run} a run with {@code id}, {@code started} and {@code event}
 * (the AuditEvent of its start), the latest first.
 */
public class UnfinishedRunsOperation {

    static final String NAME = "$unfinished-runs";
    private static final int DEFAULT_COUNT = 200;
    private static final int MAX_COUNT = 999;

    /** An end is looked for at any time after: by the run's id, which is indexed, and of the same client alone. */
    private static final String SELECT = """
            SELECT e.id, e.request_id, e.recorded, count(*) OVER () AS total FROM sinusnode.audit_event e
            WHERE e.client = ? AND e.recorded BETWEEN ? AND ? AND e.day >= ?
                AND e.type && ARRAY['http://dicom.nema.org/resources/ontology/DCM|110100']
                AND e.subtype && ARRAY['http://dicom.nema.org/resources/ontology/DCM|110120']
                AND NOT EXISTS (
                    SELECT FROM sinusnode.audit_event s WHERE s.request_id = e.request_id AND s.client = e.client
                        AND s.subtype && ARRAY['http://dicom.nema.org/resources/ontology/DCM|110121'])
            ORDER BY e.recorded DESC, e.id LIMIT ?
            """;

    private final JdbcTemplate jdbc;
    private final StoredSoFar storedSoFar;

    public UnfinishedRunsOperation(DataSource dataSource, StoredSoFar storedSoFar) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.storedSoFar = storedSoFar;
    }

    private record Run(UUID event, String id, Instant started, int total) {}

    /** @throws InvalidRequestException when a parameter is missing or not of its form */
    @Operation(name = NAME, type = AuditEvent.class, idempotent = true)
    public Parameters read(
            @OperationParam(name = "client", max = 1) @Nullable StringType client,
            @OperationParam(name = "start", max = 1) @Nullable StringType start,
            @OperationParam(name = "end", max = 1) @Nullable StringType end,
            @OperationParam(name = "count", max = 1) @Nullable StringType count) {
        if (client == null || client.isEmpty()) {
            throw new InvalidRequestException("'client' is missing: the OAuth client id.");
        }
        Instant from = Instants.require("start", start);
        Instant to = Instants.require("end", end);
        int wanted = Instants.count(count, DEFAULT_COUNT, MAX_COUNT);
        boolean complete = storedSoFar.await();
        List<Run> runs = query(client.getValue(), from, to, wanted);
        Parameters answer = new Parameters();
        answer.addParameter(
                "total", new IntegerType(runs.isEmpty() ? 0 : runs.get(0).total()));
        runs.forEach(run -> add(answer, run));
        if (!complete) {
            answer.addParameter().setName("outcome").setResource(AuditSearchset.newestAreMissing());
        }
        return answer;
    }

    private List<Run> query(String client, Instant from, Instant to, int count) {
        // An event is stored on the day it was recorded or later; the other day is for clocks that differ.
        LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1);
        return jdbc.query(
                SELECT,
                (row, number) -> new Run(
                        row.getObject("id", UUID.class),
                        row.getString("request_id"),
                        row.getTimestamp("recorded").toInstant(),
                        row.getInt("total")),
                client,
                from.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC),
                day,
                count);
    }

    private static void add(Parameters answer, Run run) {
        ParametersParameterComponent part = answer.addParameter().setName("run");
        part.addPart().setName("id").setValue(new IdType(run.id()));
        part.addPart().setName("started").setValue(new InstantType(Date.from(run.started())));
        part.addPart().setName("event").setValue(new Reference("AuditEvent/" + run.event()));
    }
}
