package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.PatientScores;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes raised and changed flags, each patient's in one transaction. When it is not known whether a transaction was
 * stored, what is there is read again before anything more is written: nothing is written twice. May be called by many
 * threads, each with patients of its own.
 */
public final class FlagWriter {

    private static final Logger LOG = LoggerFactory.getLogger(FlagWriter.class);

    private final FlagStore store;
    private final Retry retry;
    private final Clock clock;

    public FlagWriter(FlagStore store, Retry retry, Clock clock) {
        this.store = store;
        this.retry = retry;
        this.clock = clock;
    }

    /** @throws eu.sinusnode.analysis.retry.TransientFailure when the server stays away */
    public FlagChanges write(List<PatientScores> range) {
        return range.stream().map(this::write).reduce(FlagChanges.NONE, FlagChanges::plus);
    }

    private FlagChanges write(PatientScores scores) {
        try {
            return retry.run(() -> new PatientFlags(store, scores, clock.instant()).write());
        } catch (WriteRefused refused) {
            if (refused.isWithheld()) {
                return new FlagChanges(0, 0, 0, 0, 0, 1, 0, 0);
            }
            LOG.error("The flags of Patient/{} were not written: {}", scores.patient(), refused.getMessage());
            return new FlagChanges(0, 0, 0, 0, 0, 0, 1, 0);
        }
    }
}
