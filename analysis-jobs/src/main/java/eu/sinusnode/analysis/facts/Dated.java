package eu.sinusnode.analysis.facts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was found on a day.
 *
 * @param reference the version of the resource that says so
 */
public record Dated<T>(T value, LocalDate on, String reference) {

    /** Of one day, that of the greater reference: the same whichever comes first. */
    static <T> @Nullable Dated<T> newer(@Nullable Dated<T> one, @Nullable Dated<T> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        int days = one.on.compareTo(other.on);
        return days > 0 || days == 0 && one.reference.compareTo(other.reference) >= 0 ? one : other;
    }
}
