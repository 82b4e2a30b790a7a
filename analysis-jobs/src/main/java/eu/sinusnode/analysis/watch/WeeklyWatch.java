package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.watch.WatchState.Shadow;
import java.io.IOException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the models a week at a time. What a week came to is kept before anybody is told of it, and told until it is taken:
 * a watch that dies in between tells the rest when it comes back. One at a time may work on a file.
 */
public final class WeeklyWatch {

    static final Duration WEEK = Duration.ofDays(7);

    /** Of a longer absence the latest weeks are made up for; what was before nobody acts on any more. */
    static final int MOST_MISSED = 4;

    private final WatchFile file;
    private final Clock clock;

    public WeeklyWatch(WatchFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Reads a week of everybody. */
    @FunctionalInterface
    public interface Reader {
        ModelWatch read(Instant end);
    }

    /** Tells of a model's week; telling again what was told changes nothing. */
    @FunctionalInterface
    public interface Reports {

        /**
         * @param shadow why the model's flags are not written; null when they are
         * @param lift who took it out of the shadow last; null when nobody did
         */
        void report(ModelWeek week, @Nullable Shadow shadow, @Nullable Lift lift, Instant now);
    }

    /** Whether a week is over, or something has not been told. */
    public boolean isDue() throws IOException {
        WatchState state = file.load();
        return !state.untold().isEmpty() || !ends(state).isEmpty();
    }

    /**
     * All weeks that are over and were not looked at. They follow one another without a gap, but for what lies more than
     * {@value #MOST_MISSED} weeks back.
     *
     * @return of the models, in the order of the weeks; empty when it is not time for one
     */
    public List<ModelWeek> catchUp(Reader reader, WatchLimits limits, Reports reports) throws IOException {
        tell(reports);
        List<ModelWeek> weeks = new ArrayList<>();
        for (Instant end : ends(file.load())) {
            weeks.addAll(watch(end, reader, limits, reports));
        }
        return weeks;
    }

    /** The week up to then, whether it is time for one or not. */
    public List<ModelWeek> watch(Instant end, Reader reader, WatchLimits limits, Reports reports) throws IOException {
        ModelWatch.Concluded concluded = reader.read(end).conclude(file.load(), limits);
        // First what counts for the next run, then what is told of it.
        file.save(concluded.state().watched(end, concluded.weeks()));
        file.append(concluded.weeks());
        tell(reports);
        return concluded.weeks();
    }

    private List<Instant> ends(WatchState state) {
        Deque<Instant> ends = new ArrayDeque<>();
        Instant latest = endBefore(clock.instant());
        if (state.watched() == null) {
            return List.of(latest);
        }
        Instant watched = Instant.parse(state.watched());
        for (Instant end = latest; end.isAfter(watched) && ends.size() < MOST_MISSED; end = end.minus(WEEK)) {
            ends.addFirst(end);
        }
        return List.copyOf(ends);
    }

    /**
     * Weeks end on Monday at midnight UTC, whoever looks: of two watches of one server both mean the same weeks, and what is
     * told of one is known by model and end.
     */
    private static Instant endBefore(Instant now) {
        return now.atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .toInstant();
    }

    private void tell(Reports reports) throws IOException {
        WatchState state = file.load();
        for (ModelWeek week : state.untold()) {
            reports.report(
                    week,
                    state.shadows().get(week.model()),
                    state.lift(week.model()).orElse(null),
                    clock.instant());
            state = state.told(week);
            file.save(state);
        }
    }
}
