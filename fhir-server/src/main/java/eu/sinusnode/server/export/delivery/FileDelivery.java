package eu.sinusnode.server.export.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.export.file.ExportDirectory;
import eu.sinusnode.server.export.file.Frame;
import eu.sinusnode.server.export.file.SealedFileReader;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJob;
import eu.sinusnode.server.export.job.Withdrawals;
import eu.sinusnode.server.projection.StoredHistory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file to the caller of the present request: first whose records it holds, so that the audit can have them, then
 * frame by frame what may leave at that moment.
 */
public final class FileDelivery {

    private static final String RULE = "consent";

    /** What is decided and leaves together has so many bytes, and then the rest of its last frame. */
    private static final int PORTION_BYTES = 64 << 10;

    private static final int PORTION_FRAMES = 200;

    private final ExportDirectory directory;
    private final BulkDisclosure disclosure;
    private final StoredHistory history;
    private final RequestAudit audit;
    private final DeliveredForms forms;
    private final FhirContext context;
    private final Clock clock;

    public FileDelivery(
            ExportDirectory directory,
            BulkDisclosure disclosure,
            StoredHistory history,
            RequestAudit audit,
            DeliveredForms forms,
            FhirContext context,
            Clock clock) {
        this.directory = directory;
        this.disclosure = disclosure;
        this.history = history;
        this.audit = audit;
        this.forms = forms;
        this.context = context;
        this.clock = clock;
    }

    /**
     * @param packed whether the client takes gzip
     * @throws IOException before anything was sent when the file is not here any more; later when the stream breaks off
     */
    public void send(
            ExportJob export, StoredFile file, boolean packed, RequestDetails request, HttpServletResponse response)
            throws IOException {
        Caller caller = CurrentCaller.require(request);
        DeliveredForm form = forms.of(caller, export, file);
        UUID job = export.job();
        List<UUID> patients = patients(job, file);
        Instant since = export.order().since();
        audit.disclose(
                request,
                AuditedInteraction.EXPORT,
                RULE,
                permitted(job, file, filter(file, caller, since, patients), arrangement(export, file, form)));
        try {
            write(
                    job,
                    file,
                    packed,
                    filter(file, caller, since, patients),
                    form,
                    arrangement(export, file, form),
                    response);
        } catch (IOException | RuntimeException broken) {
            if (!response.isCommitted()) {
                // What comes instead is not packed.
                response.reset();
            }
            throw broken;
        }
    }

    private void write(
            UUID job,
            StoredFile file,
            boolean packed,
            FrameFilter filter,
            DeliveredForm form,
            Arrangement arrangement,
            HttpServletResponse response)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/fhir+ndjson");
        if (packed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        OutputStream plain = response.getOutputStream();
        // Neither is closed when the stream breaks off: that would make a whole answer of it.
        GZIPOutputStream zip = packed ? new GZIPOutputStream(plain, 16 << 10) : null;
        OutputStream out = zip == null ? plain : zip;
        try (SealedFileReader frames = directory.read(job, file)) {
            while (frames.hasNext()) {
                out.write(permitted(portion(frames), filter, form, arrangement));
            }
        }
        if (zip != null) {
            zip.finish();
        }
        plain.flush();
    }

    /** What leaves together: it is decided at once, as the database has it then, and handed over at once. */
    private static List<FrameLines> portion(SealedFileReader frames) throws IOException {
        List<FrameLines> portion = new ArrayList<>();
        int bytes = 0;
        while (frames.hasNext() && bytes < PORTION_BYTES && portion.size() < PORTION_FRAMES) {
            FrameLines next = new FrameLines(frames.next(), frames.lines());
            portion.add(next);
            bytes += next.lines().length;
        }
        return portion;
    }

    private static byte[] permitted(
            List<FrameLines> portion, FrameFilter filter, DeliveredForm form, Arrangement arrangement) {
        PatientStandings now = filter.present(portion);
        ByteArrayOutputStream permitted = new ByteArrayOutputStream();
        for (FrameLines frame : portion) {
            if (!arrangement.takes(frame.frame())) {
                continue;
            }
            byte[] lines = form.of(frame.frame().type(), filter.permitted(frame, now));
            if (lines.length > 0) {
                permitted.writeBytes(arrangement.before());
                permitted.writeBytes(lines);
            }
        }
        return permitted.toByteArray();
    }

    /** Every patient of the file, in the order of its frames. */
    private List<UUID> patients(UUID job, StoredFile file) throws IOException {
        Set<UUID> patients = new LinkedHashSet<>();
        try (SealedFileReader frames = directory.read(job, file)) {
            while (frames.hasNext()) {
                patients.addAll(frames.next().owners());
                frames.skip();
            }
        }
        return List.copyOf(patients);
    }

    /** One line a type for each patient of whom something will leave; one of nobody for records of nobody. */
    private List<AuditedRecord> permitted(UUID job, StoredFile file, FrameFilter filter, Arrangement arrangement)
            throws IOException {
        Set<AuditedRecord> disclosed = new LinkedHashSet<>();
        try (SealedFileReader frames = directory.read(job, file)) {
            while (frames.hasNext()) {
                Frame frame = frames.next();
                if (!arrangement.takes(frame)) {
                    frames.skip();
                } else if (filter.permitsSomeOf(frame, frames)) {
                    arrangement.before();
                    disclosed.addAll(records(frame));
                }
            }
        }
        return List.copyOf(disclosed);
    }

    private static List<AuditedRecord> records(Frame frame) {
        return frame.owners().isEmpty()
                ? List.of(new AuditedRecord(null, frame.type(), null, null))
                : frame.owners().stream()
                        .map(patient -> new AuditedRecord(patient.toString(), frame.type(), null, null))
                        .toList();
    }

    private Arrangement arrangement(ExportJob export, StoredFile file, DeliveredForm form) {
        return export.order().organizedBy() == null || file.deleted()
                ? Arrangement.PLAIN
                : new PatientBlocks(context, form::id);
    }

    private FrameFilter filter(StoredFile file, Caller caller, @Nullable Instant since, List<UUID> patients) {
        Withdrawals withdrawals = new Withdrawals(disclosure, history, caller, since);
        return new FrameFilter(disclosure, withdrawals, caller, file, patients, context, clock);
    }
}
