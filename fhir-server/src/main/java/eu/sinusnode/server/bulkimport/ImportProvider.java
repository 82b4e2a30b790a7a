package eu.sinusnode.server.bulkimport;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.server.bulkimport.job.ImportJobs;
import eu.sinusnode.server.bulkimport.job.ImportJobs.Asked;
import eu.sinusnode.server.bulkimport.job.ImportWorkers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/** {@code POST /$import}: files of the client's folder are read, checked and stored behind the answer. */
public final class ImportProvider {

    private static final String RULE = "matrix";

    private final ImportOrders orders;
    private final ImportJobs jobs;
    private final ImportWorkers workers;
    private final RequestAudit audit;
    private final int jobsPerCaller;
    private final Clock clock;

    ImportProvider(
            ImportOrders orders,
            ImportJobs jobs,
            ImportWorkers workers,
            RequestAudit audit,
            int jobsPerCaller,
            Clock clock) {
        this.orders = orders;
        this.jobs = jobs;
        this.workers = workers;
        this.audit = audit;
        this.jobsPerCaller = jobsPerCaller;
        this.clock = clock;
    }

    @Operation(name = "$import", manualResponse = true)
    public void start(@ResourceParam @Nullable Parameters body, RequestDetails request, HttpServletResponse response)
            throws IOException {
        if (!isAsynchronous(request)) {
            throw ImportProblems.malformed("An import needs the header Prefer: respond-async.");
        }
        Caller caller = CurrentCaller.require(request);
        List<Asked> files = orders.read(caller, body, request);
        UUID job = jobs.accept(caller, request.getCompleteUrl(), files, jobsPerCaller, clock.instant())
                .orElseThrow(ImportProblems::tooMany);
        try {
            audit.disclose(request, AuditedInteraction.OPERATION, RULE, List.of());
        } catch (BaseServerResponseException notAudited) {
            jobs.cancel(job);
            throw notAudited;
        }
        workers.wake();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(
                "Content-Location", request.getFhirServerBase() + "/" + ImportStatusProvider.STATUS + "?job=" + job);
        response.setContentLength(0);
        response.flushBuffer();
    }

    private static boolean isAsynchronous(RequestDetails request) {
        return request.getHeaders("Prefer").stream()
                .flatMap(header -> Arrays.stream(header.split("[,;]")))
                .anyMatch(preference ->
                        preference.strip().toLowerCase(Locale.ROOT).equals("respond-async"));
    }
}
