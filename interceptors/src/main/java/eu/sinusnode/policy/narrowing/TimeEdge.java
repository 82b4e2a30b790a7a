package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Validity;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All of a record's time lies on one side of an instant.
 *
 * @param from whether it begins at the instant or later; else it is over before
 */
record TimeEdge(boolean from, Instant at) {

    // Always with milliseconds: a value with fewer digits would mean a longer moment.
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Each of them holds for what lies in the period wholly. */
    static Set<TimeEdge> inside(Validity period) {
        Set<TimeEdge> edges = new LinkedHashSet<>();
        if (!period.from().equals(Instant.MIN)) {
            edges.add(new TimeEdge(true, period.from()));
        }
        if (period.to() != null) {
            edges.add(new TimeEdge(false, period.to()));
        }
        return edges;
    }

    /** One of them holds for what lies outside of the period wholly; there is none when nothing does. */
    static Set<TimeEdge> outside(Validity period) {
        Set<TimeEdge> edges = new LinkedHashSet<>();
        if (!period.from().equals(Instant.MIN)) {
            edges.add(new TimeEdge(false, period.from()));
        }
        if (period.to() != null) {
            edges.add(new TimeEdge(true, period.to()));
        }
        return edges;
    }

    boolean holdsFor(Validity time) {
        return from
                ? !time.from().isBefore(at)
                : time.to() != null && !time.to().isAfter(at);
    }

    /** As the value of a search parameter (search.html#prefix). {@code ge} and {@code lt} would find what crosses the edge. */
    String value() {
        return from ? "sa" + MILLISECONDS.format(at.minusMillis(1)) : "eb" + MILLISECONDS.format(at);
    }
}
