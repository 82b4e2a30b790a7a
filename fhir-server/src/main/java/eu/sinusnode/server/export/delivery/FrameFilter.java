package eu.sinusnode.server.export.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.disclosure.DecisionGrounds;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.server.export.file.Frame;
import eu.sinusnode.server.export.file.SealedFileReader;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.Deletions;
import eu.sinusnode.server.export.job.Withdrawals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the caller may have now of a file that was written before. Where the grounds of the decision are the same, the
 * decision is; where a permit, a link or a scope has changed since, each record is decided anew.
 */
final class FrameFilter {

    /** How old the facts may be by which is written down what will leave; what leaves is decided on present ones. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private static final int ASKED_AT_ONCE = 200;

    private final BulkDisclosure disclosure;
    private final Withdrawals withdrawals;
    private final Caller caller;
    private final StoredFile file;
    private final List<UUID> order;
    private final IParser parser;
    private final Clock clock;

    private @Nullable PatientStandings facts;
    private final Set<UUID> asked = new HashSet<>();

    /** @param order every patient of the file, in the order of the frames: asked for some at a time */
    FrameFilter(
            BulkDisclosure disclosure,
            Withdrawals withdrawals,
            Caller caller,
            StoredFile file,
            List<UUID> order,
            FhirContext context,
            Clock clock) {
        this.disclosure = disclosure;
        this.withdrawals = withdrawals;
        this.caller = caller;
        this.file = file;
        this.order = order;
        this.parser = context.newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));
        this.clock = clock;
    }

    /** Whether any line of the frame may leave; reads the lines only when it must. */
    boolean permitsSomeOf(Frame frame, SealedFileReader frames) throws IOException {
        PatientStandings now = facts(frame);
        if (isUnchanged(frame, now)) {
            frames.skip();
            return true;
        }
        return permitted(frames.lines(), now).length > 0;
    }

    /** As the database has it now, towards those whose records these frames hold. */
    PatientStandings present(List<FrameLines> frames) {
        PatientStandings now = disclosure.standings(caller, clock.instant());
        now.of(ids(frames.stream()
                .flatMap(each -> each.frame().owners().stream())
                .distinct()
                .toList()));
        return now;
    }

    /** The lines of the frame that may leave. */
    byte[] permitted(FrameLines frame, PatientStandings now) {
        return isUnchanged(frame.frame(), now) ? frame.lines() : permitted(frame.lines(), now);
    }

    private boolean isUnchanged(Frame frame, PatientStandings now) {
        Collection<Standing> owners = now.of(ids(frame.owners())).values();
        return Arrays.equals(
                frame.grounds(), DecisionGrounds.of(caller, frame.type(), BulkDisclosure.INTERACTION, owners));
    }

    private byte[] permitted(byte[] lines, PatientStandings now) {
        RecordFactsReader reader = new RecordFactsReader(disclosure.references());
        ByteArrayOutputStream permitted = new ByteArrayOutputStream();
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
            Resource read = (Resource) parser.parseResource(line);
            if (file.deleted() ? mayBeTold(read, reader, now) : isPermitted(reader.read(read), now)) {
                permitted.writeBytes(line.getBytes(StandardCharsets.UTF_8));
                permitted.write('\n');
            }
        }
        return permitted.toByteArray();
    }

    private boolean isPermitted(RecordFacts record, PatientStandings now) {
        return disclosure.decide(caller, record, now) instanceof Decision.Permit;
    }

    /** That a record was deleted, to who might have it; that it is withdrawn, to who had it. */
    private boolean mayBeTold(Resource line, RecordFactsReader reader, PatientStandings now) {
        Optional<IdType> named = Deletions.recordOf(line);
        Optional<Resource> gone = named.flatMap(id -> disclosure.beforeDeletion(id.getResourceType(), id.getIdPart()));
        Optional<Resource> last =
                gone.or(() -> named.flatMap(id -> disclosure.current(id.getResourceType(), id.getIdPart())));
        if (last.isEmpty()) {
            return false;
        }
        RecordFacts record = reader.read(last.get());
        return (gone.isPresent() && isPermitted(record, now)) || withdrawals.isWithdrawn(last.get(), record, now);
    }

    private PatientStandings facts(Frame frame) {
        Instant now = clock.instant();
        PatientStandings current = facts;
        if (current == null || current.at().plus(FRESH).isBefore(now)) {
            current = disclosure.standings(caller, now);
            facts = current;
            asked.clear();
        }
        if (!asked.containsAll(frame.owners())) {
            List<UUID> next = order.subList(order.indexOf(frame.owners().get(0)), order.size()).stream()
                    .limit(ASKED_AT_ONCE)
                    .toList();
            current.of(ids(next));
            asked.addAll(next);
            asked.addAll(frame.owners());
        }
        return current;
    }

    private static List<String> ids(List<UUID> patients) {
        return patients.stream().map(UUID::toString).toList();
    }
}
