package eu.sinusnode.server.erasure;

import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.hl7.fhir.r4.model.Consent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes down beside the database which version of whose Consent was stored, after the commit and before the answer, so that a
 * backup that lacks it is told.
 */
public final class ConsentListProjection implements Projection {

    private final RightsList list;
    private final ErasureMarks marks;
    private final Clock clock;

    private ConsentListProjection(RightsList list, ErasureMarks marks, Clock clock) {
        this.list = list;
        this.marks = marks;
        this.clock = clock;
    }

    /** @param home SINUSNODE_HOME */
    public static ConsentListProjection of(Path home, PurposeKeys keys, Clock clock) {
        return new ConsentListProjection(RightsList.open(home), new ErasureMarks(keys), clock);
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        List<RightsList.ConsentVersion> versions = changes.stream()
                .filter(change -> change.resource() instanceof Consent)
                .map(change -> version((Consent) change.resource()))
                .toList();
        if (versions.isEmpty()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                list.stored(versions, clock.instant());
            }
        });
    }

    private RightsList.ConsentVersion version(Consent consent) {
        return new RightsList.ConsentVersion(
                RightsList.hex(marks.current(
                        "Patient/" + consent.getPatient().getReferenceElement().getIdPart())),
                RightsList.hex(marks.current(reference(
                        consent.getIdElement().getIdPart(),
                        consent.getIdElement().getVersionIdPart()))));
    }

    /** What the mark of a version is made of. */
    static String reference(String id, String version) {
        return "Consent/" + id + "/_history/" + version;
    }
}
