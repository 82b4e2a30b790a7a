package eu.sinusnode.server.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.export.delivery.FileDelivery;
import eu.sinusnode.server.export.file.ExportDirectory;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJob;
import eu.sinusnode.server.export.job.ExportJob.State;
import eu.sinusnode.server.export.job.ExportJobs;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.rest.Outcomes;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an export: {@code $export-status?job=} tells how far it is and then lists its files, a DELETE on it
 * cancels, {@code $export-file?job=&file=} gives a file. Each asks for a token of the caller who started the export.
 */
public final class ExportStatusProvider {

    static final String STATUS = "$export-status";
    static final String FILE = "$export-file";

    private static final String RULE = "matrix";
    private static final Pattern GZIP = Pattern.compile(".*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    private static final int LONGEST_PAUSE = 30;

    private final ExportJobs jobs;
    private final ExportDirectory directory;
    private final FileDelivery delivery;
    private final BulkDisclosure disclosure;
    private final RequestAudit audit;
    private final FhirContext context;
    private final ObjectMapper json;
    private final Clock clock;

    ExportStatusProvider(
            ExportJobs jobs,
            ExportDirectory directory,
            FileDelivery delivery,
            BulkDisclosure disclosure,
            RequestAudit audit,
            FhirContext context,
            ObjectMapper json,
            Clock clock) {
        this.jobs = jobs;
        this.directory = directory;
        this.delivery = delivery;
        this.disclosure = disclosure;
        this.audit = audit;
        this.context = context;
        this.json = json;
        this.clock = clock;
    }

    @Operation(name = STATUS, idempotent = true, deleteEnabled = true, manualResponse = true)
    public void status(
            @OperationParam(name = "job", max = 1) @Nullable StringType job,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        ExportJob own = own(job, request);
        audit.disclose(request, AuditedInteraction.OPERATION, RULE, List.of());
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            cancel(own, request, response);
            return;
        }
        switch (own.state()) {
            case ACCEPTED, RUNNING -> underWay(own, response);
            case COMPLETE -> complete(own, request, response);
            case FAILED -> failed(response);
        }
    }

    private void cancel(ExportJob job, RequestDetails request, HttpServletResponse response) throws IOException {
        if (!jobs.cancel(job.job(), CurrentCaller.require(request))) {
            throw ExportProblems.unknown();
        }
        directory.remove(job.job());
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setContentLength(0);
        response.flushBuffer();
    }

    private void underWay(ExportJob job, HttpServletResponse response) throws IOException {
        long age = Duration.between(job.created(), clock.instant()).toSeconds();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader("X-Progress", progress(job));
        response.setHeader("Retry-After", Long.toString(Math.max(1, Math.min(LONGEST_PAUSE, age / 10))));
        response.setContentLength(0);
        response.flushBuffer();
    }

    private static String progress(ExportJob job) {
        if (job.order().pseudonymised() != null) {
            // How many permit research is no number for a recipient whom a few of them might stand out to.
            return "under way";
        }
        Integer patients = job.patients();
        if (job.state() == State.ACCEPTED || patients == null) {
            return "waiting for a worker (0 %)";
        }
        int percent = patients == 0 ? 99 : (int) Math.min(99, 100L * job.patientsRead() / patients);
        return "%d of %d patients read (%d %%)".formatted(job.patientsRead(), patients, percent);
    }

    private void complete(ExportJob job, RequestDetails request, HttpServletResponse response) throws IOException {
        String files = request.getFhirServerBase() + "/" + FILE + "?job=" + job.job() + "&file=";
        ExportManifest manifest = ExportManifest.of(job, jobs.files(job.job()), file -> files + file.file());
        response.setStatus(HttpServletResponse.SC_OK);
        response.setHeader(
                "Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(job.expires().atOffset(ZoneOffset.UTC)));
        write(response, "application/json", json.writeValueAsString(manifest));
    }

    private void failed(HttpServletResponse response) throws IOException {
        response.setStatus(RequestProblem.EXPORT_FAILED.status());
        write(
                response,
                "application/fhir+json",
                context.newJsonParser().encodeResourceToString(Outcomes.of(RequestProblem.EXPORT_FAILED)));
    }

    private static void write(HttpServletResponse response, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type + ";charset=UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    @Operation(name = FILE, idempotent = true, manualResponse = true)
    public void file(
            @OperationParam(name = "job", max = 1) @Nullable StringType job,
            @OperationParam(name = "file", max = 1) @Nullable StringType file,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        ExportJob own = own(job, request);
        UUID name = id(file);
        if (own.state() != State.COMPLETE) {
            throw ExportProblems.unknown();
        }
        StoredFile stored = jobs.files(own.job()).stream()
                .filter(each -> each.file().equals(name))
                .findFirst()
                .orElseThrow(ExportProblems::unknown);
        if (disclosure.decideType(CurrentCaller.require(request), stored.type()) instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, null);
        }
        delivery.send(own, stored, takesGzip(request), request, response);
    }

    private static boolean takesGzip(RequestDetails request) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null
                && GZIP.matcher(accepted.toLowerCase(Locale.ROOT)).matches();
    }

    private ExportJob own(@Nullable StringType job, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        return jobs.find(id(job), caller, clock.instant()).orElseThrow(ExportProblems::unknown);
    }

    private static UUID id(@Nullable StringType name) {
        return ResourceIds.parse(name == null ? null : name.getValue()).orElseThrow(ExportProblems::unknown);
    }
}
