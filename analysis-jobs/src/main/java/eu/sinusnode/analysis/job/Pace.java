package eu.sinusnode.analysis.job;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast a run gets on, by what it has done since it began or went on.
 *
 * @param run its id
 * @param since when that was
 * @param patients finished by then
 * @param share of all patients, finished by then
 */
record Pace(String run, Instant since, int patients, double share) {

    static Pace from(Checkpoint.State reached, Instant now) {
        return new Pace(reached.run(), now, reached.counts().patients(), reached.share());
    }

    double patientsPerSecond(Checkpoint.State reached, Instant now) {
        double seconds = Duration.between(since, now).toMillis() / 1000.0;
        return seconds <= 0 ? 0 : Math.round((reached.counts().patients() - patients) / seconds * 10) / 10.0;
    }

    /** When it would be whole at this pace; null before anything is done. */
    @Nullable
    Instant expectedEnd(Checkpoint.State reached, Instant now) {
        double done = reached.share() - share;
        if (done <= 0) {
            return null;
        }
        double left = Duration.between(since, now).toMillis() * (1 - reached.share()) / done;
        return now.plusMillis(Math.round(left)).truncatedTo(ChronoUnit.SECONDS);
    }
}
