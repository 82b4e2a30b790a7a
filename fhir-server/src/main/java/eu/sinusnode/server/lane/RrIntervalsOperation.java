package eu.sinusnode.server.lane;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.narrowing.RequestScope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET [base]/$rr-intervals?after=&through=&patients=&since=&newest=&until=}, or with {@code patient=a,b} in place of the
 * range: the series of RR intervals of patients who permit the caller's organization and purpose, as NDJSON. Who may call it
 * is decided on the request's way, before this is called.
 */
public class RrIntervalsOperation {

    private static final int MOST_NAMED = 100;
    private static final int MOST_SERIES = 100;
    private static final String RULE = "consent";
    private static final List<String> TYPES = List.of("Binary", "DocumentReference", "Observation");

    private final RrIntervalCursor cursor;
    private final FhirContext context;
    private final RequestScope scope;
    private final Clock clock;
    private final RequestAudit audit;

    public RrIntervalsOperation(
            RrIntervalCursor cursor, FhirContext context, RequestScope scope, Clock clock, RequestAudit audit) {
        this.cursor = cursor;
        this.context = context;
        this.scope = scope;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * @param after as for {@code $vital-readings}, and so are {@code through}, {@code patients} and {@code since}
     * @param patient ids of single patients, up to {@value #MOST_NAMED}, in place of all these
     * @param newest how many series of a patient, up to {@value #MOST_SERIES}; without it, all
     * @param until an instant: only series that began by then
     * @throws InvalidRequestException when a parameter is not of its form; nothing was written then
     * @throws IOException when the stream broke off after its first line; it has no end line then
     */
    @Operation(name = "$rr-intervals", idempotent = true, manualResponse = true)
    public void read(
            @OperationParam(name = "after", max = 1) @Nullable StringType after,
            @OperationParam(name = "through", max = 1) @Nullable StringType through,
            @OperationParam(name = "patients", max = 1) @Nullable StringType patients,
            @OperationParam(name = "since", max = 1) @Nullable StringType since,
            @OperationParam(name = "patient", max = 1) @Nullable StringType patient,
            @OperationParam(name = "newest", max = 1) @Nullable StringType newest,
            @OperationParam(name = "until", max = 1) @Nullable StringType until,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        RangeParameters range = new RangeParameters(after, through, patients, since);
        SortedSet<String> named = named(patient);
        if (!named.isEmpty() && range.areGiven()) {
            throw new InvalidRequestException("'patient' names patients in place of a range.");
        }
        IntervalRange asked = new IntervalRange(
                range.of(CurrentCaller.require(request), clock.instant()),
                named,
                newest == null || newest.isEmpty()
                        ? null
                        : RangeParameters.count("newest", newest.getValue(), MOST_SERIES),
                until(until));
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+ndjson");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            cursor.read(
                    asked,
                    scope.references(request),
                    new Audited(request, new NdjsonIntervals(response.getOutputStream(), context)));
        } catch (ReadingCursor.UnknownSequenceException unknown) {
            response.reset();
            throw new InvalidRequestException(String.valueOf(unknown.getMessage()));
        } catch (BaseServerResponseException notAudited) {
            response.reset();
            throw notAudited;
        } catch (SQLException broken) {
            throw new IOException("The series could not be read to their end.", broken);
        }
    }

    private static SortedSet<String> named(@Nullable StringType patient) {
        if (patient == null || patient.isEmpty()) {
            return new TreeSet<>();
        }
        SortedSet<String> named = Arrays.stream(patient.getValue().split(",", -1))
                .map(id -> RangeParameters.patientId("patient", id))
                .collect(Collectors.toCollection(TreeSet::new));
        if (named.size() > MOST_NAMED) {
            throw new InvalidRequestException("'patient' names up to " + MOST_NAMED + " patients.");
        }
        return named;
    }

    private static @Nullable Instant until(@Nullable StringType until) {
        try {
            return until == null || until.isEmpty() ? null : Instant.parse(until.getValue());
        } catch (DateTimeParseException noInstant) {
            throw new InvalidRequestException("'until' is an instant, e.g. 2026-01-31T12:00:00Z.");
        }
    }

    /** Has the patients of an answer in the audit before the first byte of it is written. */
    private final class Audited implements IntervalSink {
        private final RequestDetails request;
        private final IntervalSink intervals;

        Audited(RequestDetails request, IntervalSink intervals) {
            this.request = request;
            this.intervals = intervals;
        }

        @Override
        public void begin(Collection<String> patients) throws IOException {
            audit.disclose(
                    request,
                    AuditedInteraction.BULK,
                    RULE,
                    patients.stream()
                            .flatMap(
                                    patient -> TYPES.stream().map(type -> new AuditedRecord(patient, type, null, null)))
                            .toList());
            intervals.begin(patients);
        }

        @Override
        public void patient(String patientId, List<String> withheld) throws IOException {
            intervals.patient(patientId, withheld);
        }

        @Override
        public void series(
                String patientId, Observation series, @Nullable DocumentReference document, @Nullable Binary content)
                throws IOException {
            intervals.series(patientId, series, document, content);
        }

        @Override
        public void end(@Nullable String last, boolean more, long sequence) throws IOException {
            intervals.end(last, more, sequence);
        }
    }
}
