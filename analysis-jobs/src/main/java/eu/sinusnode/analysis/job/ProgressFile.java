package eu.sinusnode.analysis.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the run at work has come, in a file for who asks from outside; there is none when no run is at work. */
public final class ProgressFile implements RunProgress {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressFile.class);

    /** More often nobody looks. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final StateFile<State> file;
    private final Clock clock;
    private @Nullable Pace pace;
    private Instant written = Instant.MIN;

    /**
     * What the file says.
     *
     * @param begun instant of the run's beginning, ISO 8601
     * @param at instant at which this was so, ISO 8601
     * @param patients finished
     * @param share of all patients, about: 0 to 1
     * @param patientsPerSecond since it began or went on
     * @param expectedEnd instant, ISO 8601; null when nothing is known of it
     */
    record State(
            String begun,
            String at,
            int patients,
            double share,
            double patientsPerSecond,
            @Nullable String expectedEnd) {}

    /** @param directory of the state; made when it is not there. What a run left that was killed goes. */
    public ProgressFile(Path directory, Clock clock) throws IOException {
        this.file = new StateFile<>(directory, "risk-progress.json", State.class);
        this.clock = clock;
        file.clear();
    }

    @Override
    public synchronized void at(Checkpoint.State reached) {
        Instant now = clock.instant();
        Pace current = pace;
        if (current == null || !current.run().equals(reached.run())) {
            current = Pace.from(reached, now);
            pace = current;
        } else if (now.isBefore(written.plus(PAUSE))) {
            return;
        }
        written = now;
        Instant end = current.expectedEnd(reached, now);
        try {
            file.save(new State(
                    reached.begun(),
                    now.truncatedTo(ChronoUnit.SECONDS).toString(),
                    reached.counts().patients(),
                    Math.round(reached.share() * 1_000) / 1_000.0,
                    current.patientsPerSecond(reached, now),
                    end == null ? null : end.toString()));
        } catch (IOException e) {
            LOG.warn("How far the run has come cannot be written", e);
        }
    }

    @Override
    public synchronized void over() {
        pace = null;
        try {
            file.clear();
        } catch (IOException e) {
            LOG.warn("How far the run had come cannot be taken away", e);
        }
    }
}
