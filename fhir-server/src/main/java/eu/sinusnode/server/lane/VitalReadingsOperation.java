package eu.sinusnode.server.lane;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.server.lane.ReadingCursor.UnknownSequenceException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET [base]/$vital-readings?after=&through=&patients=&since=}: the readings of a range of patients who permit the caller's
 * organization and purpose, as NDJSON. Who may call it is decided on the request's way, before this is called.
 */
public class VitalReadingsOperation {

    private final ReadingCursor cursor;
    private final Clock clock;
    private final RequestAudit audit;

    public VitalReadingsOperation(ReadingCursor cursor, Clock clock, RequestAudit audit) {
        this.cursor = cursor;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * @param after id of the last patient of the range before
     * @param through id of the last patient that may be in the range, for readers who share the patients among them
     * @param patients how many patients, up to {@value RangeParameters#MAX_PATIENTS}; 0 reads nobody, and the last line says whether there is anybody
     * @param since the {@code sequence} of an earlier answer's end line
     * @throws InvalidRequestException when a parameter is not of its form; nothing was written then
     * @throws IOException when the stream broke off after its first line; it has no end line then
     */
    @Operation(name = "$vital-readings", idempotent = true, manualResponse = true)
    public void read(
            @OperationParam(name = "after", max = 1) @Nullable StringType after,
            @OperationParam(name = "through", max = 1) @Nullable StringType through,
            @OperationParam(name = "patients", max = 1) @Nullable StringType patients,
            @OperationParam(name = "since", max = 1) @Nullable StringType since,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        ReadingRange range = new RangeParameters(after, through, patients, since)
                .of(CurrentCaller.require(request), clock.instant());
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+ndjson");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            cursor.read(range, new AuditedReadings(request, audit, new NdjsonReadings(response.getOutputStream())));
        } catch (UnknownSequenceException unknown) {
            response.reset();
            throw new InvalidRequestException(String.valueOf(unknown.getMessage()));
        } catch (BaseServerResponseException notAudited) {
            response.reset();
            throw notAudited;
        } catch (SQLException broken) {
            throw new IOException("The readings could not be read to their end.", broken);
        }
    }
}
