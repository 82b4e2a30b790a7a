package eu.sinusnode.therapy.timing;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;

/** Lengths of time in FHIR's units, which are those of UCUM. */
final class Units {

    private static final Map<UnitsOfTime, Long> SECONDS = Map.of(
            UnitsOfTime.S, 1L,
            UnitsOfTime.MIN, 60L,
            UnitsOfTime.H, 3_600L,
            UnitsOfTime.D, 86_400L,
            UnitsOfTime.WK, 604_800L);

    /** More than any plan; keeps sums of it far from the ends of the calendar. */
    private static final long MOST_SECONDS = Duration.ofDays(365_000).toSeconds();

    private Units() {}

    /** @throws UnreadableTiming for months and years, which have no one length, for parts of a second, and beyond a thousand years */
    static long seconds(String element, BigDecimal value, UnitsOfTime unit) throws UnreadableTiming {
        Long each = SECONDS.get(unit);
        if (each == null) {
            throw new UnreadableTiming(
                    element, "Months and years have no fixed length; days or weeks are needed here.");
        }
        return whole(element, value.multiply(BigDecimal.valueOf(each)), MOST_SECONDS, "whole seconds");
    }

    static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    static int whole(String element, BigDecimal value, UnitsOfTime unit) throws UnreadableTiming {
        return (int) whole(element, value, 365_000, "whole " + (unit == UnitsOfTime.A ? "years" : "months"));
    }

    private static long whole(String element, BigDecimal value, long most, String what) throws UnreadableTiming {
        if (!isWhole(value) || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new UnreadableTiming(
                    element, "The length must be %s, and less than a thousand years.".formatted(what));
        }
        return value.longValueExact();
    }
}
