package eu.sinusnode.server.bulkimport;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.server.bulkimport.job.ImportJob;
import eu.sinusnode.server.bulkimport.job.ImportJobs;
import eu.sinusnode.server.bulkimport.job.ImportWorkers;
import eu.sinusnode.server.bulkimport.job.ImportedFile;
import eu.sinusnode.server.projection.ResourceIds;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an import: {@code $import-status?job=} tells how far it is and then what came of each file, a DELETE on it
 * cancels, {@code $import-errors?job=&file=} gives the refused lines of a file. Each asks for a token of the caller who
 * started the import.
 */
public final class ImportStatusProvider {

    static final String STATUS = "$import-status";
    static final String ERRORS = "$import-errors";

    private static final String RULE = "matrix";
    private static final int LONGEST_PAUSE = 30;

    private final ImportJobs jobs;
    private final ImportWorkers workers;
    private final RequestAudit audit;
    private final ObjectMapper json;
    private final Clock clock;

    ImportStatusProvider(ImportJobs jobs, ImportWorkers workers, RequestAudit audit, ObjectMapper json, Clock clock) {
        this.jobs = jobs;
        this.workers = workers;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    @Operation(name = STATUS, idempotent = true, deleteEnabled = true, manualResponse = true)
    public void status(
            @OperationParam(name = "job", max = 1) @Nullable StringType job,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        ImportJob own = own(job, request);
        audit.disclose(request, AuditedInteraction.OPERATION, RULE, List.of());
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            jobs.cancel(own.job());
            workers.wake();
            accepted(response);
        } else if (own.isUnderWay()) {
            long age = Duration.between(own.created(), clock.instant()).toSeconds();
            response.setHeader("X-Progress", progress(own));
            response.setHeader("Retry-After", Long.toString(Math.max(1, Math.min(LONGEST_PAUSE, age / 10))));
            accepted(response);
        } else {
            complete(own, request, response);
        }
    }

    private static void accepted(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setContentLength(0);
        response.flushBuffer();
    }

    private static String progress(ImportJob job) {
        long bytes = job.files().stream().mapToLong(ImportedFile::bytes).sum();
        long read = job.files().stream().mapToLong(ImportedFile::position).sum();
        long lines = job.files().stream().mapToLong(ImportedFile::line).sum();
        long ended =
                job.files().stream().filter(file -> !file.state().isUnderWay()).count();
        int percent = bytes == 0 ? 99 : (int) Math.min(99, 100 * read / bytes);
        return "%d lines read, %d of %d files ended (%d %%)"
                .formatted(lines, ended, job.files().size(), percent);
    }

    private void complete(ImportJob job, RequestDetails request, HttpServletResponse response) throws IOException {
        String errors = request.getFhirServerBase() + "/" + ERRORS + "?job=" + job.job() + "&file=";
        byte[] manifest = json.writeValueAsBytes(ImportManifest.of(job, file -> errors + file.number()));
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(manifest.length);
        response.getOutputStream().write(manifest);
        response.flushBuffer();
    }

    @Operation(name = ERRORS, idempotent = true, manualResponse = true)
    public void errors(
            @OperationParam(name = "job", max = 1) @Nullable StringType job,
            @OperationParam(name = "file", max = 1) @Nullable StringType file,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        ImportJob own = own(job, request);
        ImportedFile asked = own.files().stream()
                .filter(each -> file != null && Integer.toString(each.number()).equals(file.getValue()))
                .findFirst()
                .orElseThrow(ImportProblems::unknown);
        audit.disclose(request, AuditedInteraction.OPERATION, RULE, List.of());
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+ndjson");
        ServletOutputStream out = response.getOutputStream();
        jobs.refusals(own.job(), asked.number(), outcome -> write(out, outcome));
        response.flushBuffer();
    }

    private static void write(ServletOutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The client does not take the answer.", e);
        }
    }

    private ImportJob own(@Nullable StringType job, RequestDetails request) {
        UUID name = ResourceIds.parse(job == null ? null : job.getValue()).orElseThrow(ImportProblems::unknown);
        return jobs.find(name, CurrentCaller.require(request)).orElseThrow(ImportProblems::unknown);
    }
}
