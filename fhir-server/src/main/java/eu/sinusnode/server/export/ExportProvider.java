package eu.sinusnode.server.export;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.configuration.ExportProperties;
import eu.sinusnode.server.export.job.ExportJobs;
import eu.sinusnode.server.export.job.ExportOrder;
import eu.sinusnode.server.export.job.ExportRoom;
import eu.sinusnode.server.export.job.ExportWorkers;
import eu.sinusnode.server.rest.GivenParameters;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * {@code $export} on the base, on Patient and on a member Group: the kick-off of HL7's Bulk Data Access IG 2.0 (and 3.0
 * as far as docs/bulk-export.md says). All three are about the same patients, those whom the caller may have: an
 * organization has no others, and a member Group is just that list.
 */
public final class ExportProvider {

    private static final String RULE = "matrix";
    private static final Set<String> PARAMETERS = Set.of(
            "_elements",
            "_outputFormat",
            "_since",
            "_type",
            "_typeFilter",
            "_until",
            "organizeOutputBy",
            OrderedPatients.PARAMETER);

    private final ExportOrders orders;
    private final ExportJobs jobs;
    private final ExportRoom room;
    private final ExportWorkers workers;
    private final BulkDisclosure disclosure;
    private final RequestAudit audit;
    private final ExportProperties limits;
    private final Clock clock;

    ExportProvider(
            ExportOrders orders,
            ExportJobs jobs,
            ExportRoom room,
            ExportWorkers workers,
            BulkDisclosure disclosure,
            RequestAudit audit,
            ExportProperties limits,
            Clock clock) {
        this.orders = orders;
        this.jobs = jobs;
        this.room = room;
        this.workers = workers;
        this.disclosure = disclosure;
        this.audit = audit;
        this.limits = limits;
        this.clock = clock;
    }

    @Operation(name = "$export", idempotent = true, manualResponse = true)
    public void ofSystem(@ResourceParam @Nullable Parameters body, RequestDetails request, HttpServletResponse response)
            throws IOException {
        start(body, request, response);
    }

    @Operation(name = "$export", type = Patient.class, idempotent = true, manualResponse = true)
    public void ofPatients(
            @ResourceParam @Nullable Parameters body, RequestDetails request, HttpServletResponse response)
            throws IOException {
        start(body, request, response);
    }

    /** Another organization's Group is unknown, as it is to a read. */
    @Operation(name = "$export", type = Group.class, idempotent = true, manualResponse = true)
    public void ofGroup(
            @IdParam IdType group,
            @ResourceParam @Nullable Parameters body,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = CurrentCaller.require(request);
        if (disclosure.decideType(caller, "Group") instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, null);
        }
        if (!group.getIdPart().equals(caller.organizationId())) {
            DenialLedger.note(
                    request,
                    new Decision.Deny(DenialCode.RELATIONSHIP, "this Group belongs to another organization"),
                    null);
            throw Denials.unknown("Group/" + group.getIdPart());
        }
        start(body, request, response);
    }

    private void start(@Nullable Parameters body, RequestDetails request, HttpServletResponse response)
            throws IOException {
        List<String> preferences = preferences(request);
        if (!preferences.contains("respond-async")) {
            throw ExportProblems.malformed("An export needs the header Prefer: respond-async.");
        }
        Caller caller = CurrentCaller.require(request);
        boolean lenient = preferences.contains("handling=lenient");
        GivenParameters parameters = GivenParameters.of(
                request, body, PARAMETERS, lenient, ExportProblems::malformed, OrderedPatients::reference);
        ExportOrder order = orders.read(caller, parameters, lenient, request);
        if (!room.isLeft()) {
            throw ExportProblems.later(RequestProblem.EXPORT_FULL);
        }
        UUID job = jobs.accept(caller, order, limits.jobsPerCaller(), clock.instant())
                .orElseThrow(() -> ExportProblems.later(RequestProblem.EXPORT_LIMIT));
        try {
            recordStart(request, order);
        } catch (BaseServerResponseException notAudited) {
            jobs.cancel(job, caller);
            throw notAudited;
        }
        workers.wake();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(
                "Content-Location", request.getFhirServerBase() + "/" + ExportStatusProvider.STATUS + "?job=" + job);
        response.setContentLength(0);
        response.flushBuffer();
    }

    /** Who was named stands in the audit, whether anything is given of them or not. */
    private void recordStart(RequestDetails request, ExportOrder order) {
        Set<String> named = order.patients();
        if (named == null) {
            audit.disclose(request, AuditedInteraction.OPERATION, RULE, List.of());
        } else {
            audit.disclose(
                    request,
                    AuditedInteraction.BULK,
                    RULE,
                    named.stream()
                            .sorted()
                            .map(patient -> new AuditedRecord(patient, "Patient", null, null))
                            .toList());
        }
    }

    private static List<String> preferences(RequestDetails request) {
        return request.getHeaders("Prefer").stream()
                .flatMap(header -> Arrays.stream(header.split("[,;]")))
                .map(preference -> preference.strip().toLowerCase(Locale.ROOT))
                .toList();
    }
}
