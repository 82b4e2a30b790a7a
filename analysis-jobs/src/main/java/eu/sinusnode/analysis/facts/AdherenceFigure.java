package eu.sinusnode.analysis.facts;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a prescription or order was kept in some days, as the server computes it once a week.
 *
 * @param code {@code days-covered} or {@code measurements-kept}
 * @param of references without versions to what was asked for, in their order
 * @param madeOf ids of the newest Observations that it was computed of, in their order; of days covered there are none
 * @param from the first day that counts
 * @param to the last day that counts
 * @param percent null when it is not computable
 * @param reference the version of the Observation
 */
public record AdherenceFigure(
        String code,
        List<String> of,
        List<String> madeOf,
        LocalDate from,
        LocalDate to,
        @Nullable Double percent,
        String reference) {

    /** It is written each week. */
    private static final int LONGEST_DAYS = 14;

    public AdherenceFigure {
        of = of.stream().sorted().toList();
        madeOf = madeOf.stream().sorted().toList();
    }

    /** Whether it is of any version of the same resource as this one. */
    public boolean isOf(String version) {
        return of.stream().anyMatch(asked -> version.startsWith(asked + "/_history/"));
    }

    /** Whether it is of the two weeks up to a day. */
    public boolean isOfTheTwoWeeksUpTo(LocalDate day) {
        return !to.isAfter(day) && !to.isBefore(day.minusDays(LONGEST_DAYS));
    }
}
