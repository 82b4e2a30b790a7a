package eu.sinusnode.analysis.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Monday to Friday without the public holidays of a Land.
 *
 * @param state null: with the holidays alone that all of Germany keeps
 */
public record WorkingDays(@Nullable FederalState state) {

    /** Days begin and end here. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    public boolean includes(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0
                && Arrays.stream(Holiday.values())
                        .noneMatch(holiday -> holiday.isKeptIn(state)
                                && holiday.in(day.getYear()).equals(day));
    }

    /** The midnight that ends the first working day after the day of that instant. */
    public Instant endOfNext(Instant at) {
        LocalDate day = dayAfter(at);
        while (!includes(day)) {
            day = day.plusDays(1);
        }
        return end(day);
    }

    /** The midnight that ends the day after that of the instant, whatever day it is. */
    public static Instant endOfNextDay(Instant at) {
        return end(dayAfter(at));
    }

    private static LocalDate dayAfter(Instant at) {
        return at.atZone(ZONE).toLocalDate().plusDays(1);
    }

    private static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZONE).toInstant();
    }
}
