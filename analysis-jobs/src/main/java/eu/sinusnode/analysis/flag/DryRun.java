package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.risk.PatientScores;
import eu.sinusnode.analysis.risk.RiskResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Counts what the scores would raise if no flag were there yet, and writes nothing. */
public final class DryRun implements ScoreSink {

    @Override
    public FlagChanges write(List<PatientScores> range, Set<String> unflagged, Instant readAt) {
        return range.stream().map(DryRun::count).reduce(FlagChanges.NONE, FlagChanges::plus);
    }

    private static FlagChanges count(PatientScores scores) {
        return new FlagChanges(
                count(scores, RiskResult.Raised.class),
                0,
                0,
                0,
                count(scores, RiskResult.NotComputable.class),
                scores.withheld().isEmpty() ? 0 : 1,
                0,
                shadowed(scores));
    }

    private static int shadowed(PatientScores scores) {
        return Math.toIntExact(scores.results().stream()
                .filter(result -> result instanceof RiskResult.InShadow shadow && shadow.raised())
                .count());
    }

    private static int count(PatientScores scores, Class<? extends RiskResult> kind) {
        return Math.toIntExact(
                scores.results().stream().filter(kind::isInstance).count());
    }
}
