package eu.sinusnode.sampledata.signal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * The days of data, in the patients' time zone: from {@code start} up to, not including, midnight at the beginning of the
 * end date. Knows the clock changes: a day may have 23 or 25 hours. Immutable.
 */
public final class Timeline {

    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final int CHANGES = Integer.MIN_VALUE;

    private final ZoneRules rules = ZONE.getRules();
    private final LocalDate start;
    private final long[] midnights;
    /** Offset of every second of that day, or {@link #CHANGES} on a day of a clock change. */
    private final int[] offsets;

    public Timeline(LocalDate end, int weeks) {
        int days = 7 * weeks;
        this.start = end.minusDays(days);
        this.midnights = new long[days + 1];
        for (int day = 0; day <= days; day++) {
            midnights[day] = start.plusDays(day).atStartOfDay(ZONE).toEpochSecond();
        }
        this.offsets = new int[days];
        for (int day = 0; day < days; day++) {
            int morning = offsetByRules(midnights[day]);
            offsets[day] = morning == offsetByRules(midnights[day + 1]) ? morning : CHANGES;
        }
    }

    public int days() {
        return midnights.length - 1;
    }

    public LocalDate date(int day) {
        return start.plusDays(day);
    }

    public boolean isWorkday(int day) {
        return date(day).getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }

    /** The first second (since 1970) that lies after the data. */
    public long end() {
        return midnights[midnights.length - 1];
    }

    public long start() {
        return midnights[0];
    }

    public long midnight(int day) {
        return midnights[day];
    }

    /** The second at which the clock on the wall shows {@code secondOfDay}; the earlier one where it shows it twice. */
    public long atWallClock(int day, int secondOfDay) {
        if (midnights[day + 1] - midnights[day] == 86_400) {
            return midnights[day] + secondOfDay;
        }
        LocalDateTime wall = LocalDateTime.of(date(day), LocalTime.ofSecondOfDay(secondOfDay));
        return wall.toEpochSecond(rules.getOffset(wall));
    }

    /** Seconds east of Greenwich at that second. */
    public int offset(long second) {
        int day = (int) Math.floorDiv(second - midnights[0], 86_400L);
        // A clock change moves midnights by an hour, so the division may be one day off.
        if (day > 0 && day < offsets.length - 1) {
            day = second < midnights[day] ? day - 1 : second >= midnights[day + 1] ? day + 1 : day;
            if (offsets[day] != CHANGES) {
                return offsets[day];
            }
        }
        return offsetByRules(second);
    }

    private int offsetByRules(long second) {
        return rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }

    /** Hour of the day on the wall, 0 to 24, with its fraction. */
    public double wallHour(long second) {
        return Math.floorMod(second + offset(second), 86_400) / 3600.0;
    }
}
