package eu.sinusnode.server.lane;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.server.projection.ResourceIds;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET [base]/$risk-input?version=Patient/[id]/_history/[version]}: what a risk flag was computed from of a person, to
 * compute it again: birth date, sex and country of that version, and nothing that names the person.
 */
public class RiskInputOperation {

    private static final Pattern VERSION = Pattern.compile("Patient/([0-9a-f-]{36})/_history/([1-9][0-9]{0,8})");

    private final PersonVersions persons;
    private final Clock clock;
    private final RequestAudit audit;

    public RiskInputOperation(PersonVersions persons, Clock clock, RequestAudit audit) {
        this.persons = persons;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * @throws InvalidRequestException when the version is not of that form
     * @throws ResourceNotFoundException when there is none, or the consent does not open it
     */
    @Operation(name = "$risk-input", idempotent = true, manualResponse = true)
    public void read(
            @OperationParam(name = "version", min = 1, max = 1) @Nullable StringType version,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = CurrentCaller.require(request);
        String organization = caller.organizationId();
        Matcher asked = VERSION.matcher(version == null ? "" : version.getValueNotNull());
        UUID patient = asked.matches() ? ResourceIds.parse(asked.group(1)).orElse(null) : null;
        if (patient == null || organization == null) {
            throw new InvalidRequestException("'version' is Patient/[id]/_history/[version].");
        }
        String json = persons.find(patient, Long.parseLong(asked.group(2)), caller, organization, clock.instant())
                .orElseThrow(() -> new ResourceNotFoundException("There is no such version of a Patient."));
        audit.disclose(
                request,
                AuditedInteraction.OPERATION,
                "consent",
                List.of(new AuditedRecord(patient.toString(), "Patient", patient.toString(), asked.group(2))));
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
