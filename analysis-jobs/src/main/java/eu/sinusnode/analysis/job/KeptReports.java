package eu.sinusnode.analysis.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports of runs in a file, until somebody has taken them: one for each run, or one for all of a day by UTC. A day's is
 * over when the next one begins. Of runs that have one each, the first break of a run that has scored somebody is
 * reported too. Safe for several threads; one process at a time may work on a directory.
 */
public final class KeptReports implements RunReports {

    /** Whom it is told. */
    @FunctionalInterface
    public interface Desk {

        /**
         * Stores it once, however often it is told.
         *
         * @throws RuntimeException when it was not taken
         */
        void tell(RunSummary report, Instant now);
    }

    /**
     * @param open what is summed up
     * @param last id of the run that was noted last
     * @param broken id of the run whose break was reported last
     * @param untold the earliest first
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record State(
            @Nullable RunSummary open,
            @Nullable String last,
            @Nullable String broken,
            List<RunSummary> untold) {

        static final State NOTHING = new State(null, null, null, List.of());
    }

    private final StateFile<State> file;
    private final boolean daily;

    private KeptReports(Path directory, boolean daily) throws IOException {
        this.file = new StateFile<>(directory, "risk-reports.json", State.class);
        this.daily = daily;
    }

    /** @param directory of the state; made when it is not there */
    public static KeptReports ofEachRun(Path directory) throws IOException {
        return new KeptReports(directory, false);
    }

    /** @param directory of the state; made when it is not there */
    public static KeptReports ofEachDay(Path directory) throws IOException {
        return new KeptReports(directory, true);
    }

    @Override
    public synchronized void completed(Checkpoint.State whole, Instant now) throws IOException {
        State state = until(now);
        if (whole.run().equals(state.last())) {
            return;
        }
        RunSummary open = open(state, whole).withCompleted(whole, now);
        file.save(
                daily
                        ? new State(open, whole.run(), state.broken(), state.untold())
                        : new State(null, whole.run(), state.broken(), with(state.untold(), open)));
    }

    @Override
    public synchronized void brokeOff(Checkpoint.State reached, Instant now) throws IOException {
        State state = until(now);
        RunSummary open = open(state, reached).withBreak(now);
        boolean reported =
                daily || reached.counts().patients() == 0 || reached.run().equals(state.broken());
        file.save(
                reported
                        ? new State(open, state.last(), state.broken(), state.untold())
                        : new State(
                                open,
                                state.last(),
                                reached.run(),
                                with(state.untold(), open.ofBrokenOff(reached, now))));
    }

    /** Tells what is over; what is not taken is told next time. */
    public void tell(Desk desk, Clock clock) throws IOException {
        for (RunSummary report : over(clock.instant())) {
            desk.tell(report, clock.instant());
            told(report);
        }
    }

    private synchronized List<RunSummary> over(Instant now) throws IOException {
        State state = until(now);
        if (!state.untold().isEmpty()) {
            file.save(state);
        }
        return state.untold();
    }

    private synchronized void told(RunSummary report) throws IOException {
        State state = load();
        List<RunSummary> left = state.untold().stream()
                .filter(one -> !one.id().equals(report.id()))
                .toList();
        file.save(new State(state.open(), state.last(), state.broken(), left));
    }

    /** With the open one closed when its day is over. */
    private State until(Instant now) throws IOException {
        State state = load();
        RunSummary open = state.open();
        return daily && open != null && open.isOfAnEarlierDayThan(now)
                ? new State(null, state.last(), state.broken(), with(state.untold(), open))
                : state;
    }

    private State load() throws IOException {
        return file.load().orElse(State.NOTHING);
    }

    private static RunSummary open(State state, Checkpoint.State run) {
        RunSummary open = state.open();
        return open == null ? RunSummary.begin(run.run(), run.begun()) : open;
    }

    private static List<RunSummary> with(List<RunSummary> some, RunSummary one) {
        List<RunSummary> all = new ArrayList<>(some);
        all.add(one);
        return List.copyOf(all);
    }
}
