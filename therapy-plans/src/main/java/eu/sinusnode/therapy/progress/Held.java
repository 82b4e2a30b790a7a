package eu.sinusnode.therapy.progress;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What one version said, for as long as it held.
 *
 * @param from the first instant; {@link Instant#MIN} when it reaches back without an end
 * @param to the first instant that does not belong to it; {@link Instant#MAX} when it still holds
 */
public record Held<T>(T content, Instant from, Instant to) {

    /** Whether it held at some time of a window whose second instant does not belong to it. */
    public boolean isWithin(Instant begin, Instant end) {
        return from.isBefore(end) && begin.isBefore(to);
    }

    /** What both said, while both held; empty when they never did. */
    <U, V> Optional<Held<V>> together(Held<U> other, BiFunction<T, U, V> both) {
        Instant begin = from.isAfter(other.from) ? from : other.from;
        Instant end = to.isBefore(other.to) ? to : other.to;
        return begin.isBefore(end)
                ? Optional.of(new Held<>(both.apply(content, other.content), begin, end))
                : Optional.empty();
    }
}
