package eu.sinusnode.therapy.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When something that was planned for a patient is due, as a {@link TimingReader} read it. */
public final class Recurrence {

    private final Pattern pattern;
    private final ZoneId zone;
    private final DayRhythm rhythm;
    private final Span span;
    private final @Nullable Integer count;
    private final Duration lasts;

    /**
     * From when to when.
     *
     * @param end the first instant that does not belong to it; open when none
     */
    record Span(Instant start, @Nullable Instant end) {}

    /** @param count how many occurrences there are at most, counted from the start; all when none */
    Recurrence(Pattern pattern, ZoneId zone, DayRhythm rhythm, Span span, @Nullable Integer count, Duration lasts) {
        this.pattern = pattern;
        this.zone = zone;
        this.rhythm = rhythm;
        this.span = span;
        this.count = count;
        this.lasts = lasts;
    }

    /**
     * What is due in a window, in order. Windows that meet give, one after the other, what one over both gives.
     *
     * @param from the first instant
     * @param to the first instant that is not asked for any more
     */
    public List<Occurrence> between(Instant from, Instant to) {
        Instant begin = from.isBefore(span.start()) ? span.start() : from;
        Instant end = span.end() != null && span.end().isBefore(to) ? span.end() : to;
        if (!begin.isBefore(end)) {
            return List.of();
        }
        if (count == null) {
            return due(begin, end).toList();
        }
        return due(span.start(), end)
                .limit(count)
                .filter(occurrence -> !occurrence.at().isBefore(begin))
                .toList();
    }

    private Stream<Occurrence> due(Instant from, Instant to) {
        return pattern.between(span.start(), from, to, zone, rhythm)
                .sorted(Comparator.comparing(Pattern.Due::at).thenComparing(Pattern.Due::key))
                .map(due -> new Occurrence(due.key(), due.at(), lasts));
    }
}
