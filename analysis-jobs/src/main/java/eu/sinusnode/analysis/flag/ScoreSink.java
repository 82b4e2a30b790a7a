package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.risk.PatientScores;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Where the scores of a range of patients go; called by many threads, each with patients of its own. */
@FunctionalInterface
public interface ScoreSink {

    /**
     * @param unflagged patients of whom no flag was there when they were read
     * @param readAt an instant before they were read
     * @throws eu.sinusnode.analysis.retry.TransientFailure when the server stays away
     * @throws Overtaken when another run has written flags of one of them since then; those before it may be written
     */
    FlagChanges write(List<PatientScores> range, Set<String> unflagged, Instant readAt);
}
