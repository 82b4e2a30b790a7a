package eu.sinusnode.analysis.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Working days of the Länder, by hand for single days and by their laws for a century. */
class WorkingDaysTest {

    private static final int FIRST = 2000;
    private static final int LAST = 2100;

    private static WorkingDays of(@Nullable String state) {
        return new WorkingDays(state == null ? null : FederalState.of(state));
    }

    /** Earliest and latest days that it can fall on, and others. */
    @ParameterizedTest
    @CsvSource({
        "1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20",
        "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"
    })
    void easterIsWhereTheTablesHaveIt(LocalDate sunday) {
        assertThat(Holiday.easter(sunday.getYear())).isEqualTo(sunday);
    }

    @ParameterizedTest
    @CsvSource({
        // Nationwide.
        "2026-01-01, DE-BE, false",
        "2026-04-03, DE-BE, false",
        "2026-04-06, DE-BE, false",
        "2026-05-01, DE-HH, false",
        "2026-05-14, DE-HH, false",
        "2026-05-25, DE-HH, false",
        "2026-12-25, DE-SN, false",
        "2025-10-03, DE-SN, false",
        "2025-12-26, DE-SN, false",
        // Some of them.
        "2026-01-06, DE-BY, false",
        "2026-01-06, DE-BE, true",
        "2027-03-08, DE-BE, false",
        "2027-03-08, DE-MV, false",
        "2027-03-08, DE-BB, true",
        "2026-06-04, DE-NW, false",
        "2026-06-04, DE-NI, true",
        "2025-08-15, DE-SL, false",
        "2025-08-15, DE-BY, true",
        "2027-09-20, DE-TH, false",
        "2027-09-20, DE-SN, true",
        "2025-10-31, DE-HH, false",
        "2025-10-31, DE-BW, true",
        "2027-11-01, DE-BW, false",
        "2027-11-01, DE-HE, true",
        "2026-11-18, DE-SN, false",
        "2026-11-18, DE-BY, true",
        "2022-11-16, DE-SN, false",
        // Neither.
        "2026-12-24, DE-BY, true",
        "2026-12-31, DE-BY, true",
        "2026-11-28, DE-BY, false",
        "2026-11-29, DE-BY, false",
        "2026-11-27, DE-BY, true",
    })
    void aDayIsAWorkingDayOrNot(LocalDate day, String state, boolean working) {
        assertThat(of(state).includes(day)).isEqualTo(working);
    }

    @Test
    void withoutALandTheHolidaysOfAllOfGermanyAreKept() {
        assertThat(of(null).includes(LocalDate.of(2026, 5, 14))).isFalse();
        assertThat(of(null).includes(LocalDate.of(2026, 1, 6))).isTrue();
        assertThat(of(null).includes(LocalDate.of(2026, 6, 4))).isTrue();
    }

    /** How many holidays the law of each Land names, with two Sundays of Easter and Whitsun left out. */
    @ParameterizedTest
    @CsvSource({
        "BB,10", "BE,10", "BW,12", "BY,12", "HB,10", "HE,10", "HH,10", "MV,11", "NI,10", "NW,11", "RP,11", "SH,10",
        "SL,12", "SN,11", "ST,11", "TH,11"
    })
    void eachLandHasItsNumberOfHolidays(FederalState state, int holidays) {
        assertThat(Arrays.stream(Holiday.values()).filter(holiday -> holiday.isKeptIn(state)))
                .hasSize(holidays);
    }

    @ParameterizedTest
    @EnumSource(FederalState.class)
    void inEachYearHolidaysAreSeveralDaysWithinItAndMovingOnesOnTheirWeekdays(FederalState state) {
        for (int year = FIRST; year <= LAST; year++) {
            int in = year;
            assertThat(Arrays.stream(Holiday.values()).map(holiday -> holiday.in(in)))
                    .allMatch(day -> day.getYear() == in);
            assertThat(Holiday.GOOD_FRIDAY.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY);
            assertThat(Holiday.EASTER_MONDAY.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
            assertThat(Holiday.ASCENSION.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.THURSDAY);
            assertThat(Holiday.WHIT_MONDAY.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
            assertThat(Holiday.CORPUS_CHRISTI.in(year).getDayOfWeek()).isEqualTo(DayOfWeek.THURSDAY);
            assertThat(Holiday.REPENTANCE.in(year))
                    .isBetween(LocalDate.of(year, 11, 16), LocalDate.of(year, 11, 22))
                    .matches(day -> day.getDayOfWeek() == DayOfWeek.WEDNESDAY);
            assertThat(Stream.iterate(LocalDate.of(year, 1, 1), day -> day.getYear() == in, day -> day.plusDays(1))
                            .filter(new WorkingDays(state)::includes)
                            .count())
                    .isBetween(246L, 257L);
        }
    }

    /** Whatever the hour and the day: a working day, the first one, over at midnight in Berlin, and never a week away. */
    @ParameterizedTest
    @EnumSource(FederalState.class)
    void theNextWorkingDayIsTheFirstOneAfterToday(FederalState state) {
        WorkingDays days = new WorkingDays(state);
        ZonedDateTime at = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, WorkingDays.ZONE);
        while (at.getYear() < 2040) {
            ZonedDateTime due = days.endOfNext(at.toInstant()).atZone(WorkingDays.ZONE);
            LocalDate next = due.toLocalDate().minusDays(1);
            assertThat(due.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
            assertThat(days.includes(next)).as("%s after %s", next, at).isTrue();
            assertThat(at.toLocalDate().plusDays(1).datesUntil(next)).noneMatch(days::includes);
            assertThat(next).isAfter(at.toLocalDate()).isBefore(at.toLocalDate().plusDays(7));
            at = at.plusHours(7);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Friday to Monday; in the middle of the night; before and after midnight in Berlin.
        "2026-11-27T14:00:00Z, 2026-11-30T23:00:00Z",
        "2026-11-28T02:00:00Z, 2026-11-30T23:00:00Z",
        "2026-11-29T22:59:59Z, 2026-11-30T23:00:00Z",
        "2026-11-29T23:00:00Z, 2026-12-01T23:00:00Z",
        // Easter: from Thursday to Tuesday, and the clocks have changed in between.
        "2024-03-28T12:00:00Z, 2024-04-02T22:00:00Z",
        // Christmas on Thursday and Friday.
        "2025-12-24T12:00:00Z, 2025-12-29T23:00:00Z",
        // The weekends on which the clocks change, in spring and in autumn.
        "2026-03-27T12:00:00Z, 2026-03-30T22:00:00Z",
        "2026-10-23T12:00:00Z, 2026-10-26T23:00:00Z",
    })
    void itEndsAtMidnightInBerlin(Instant at, Instant due) {
        assertThat(of("DE-BE").endOfNext(at)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T12:00:00Z, 2026-03-29T22:00:00Z, 34",
        "2026-10-24T12:00:00Z, 2026-10-25T23:00:00Z, 35",
        "2026-11-27T22:59:59Z, 2026-11-28T23:00:00Z, 24"
    })
    void theNextDayIsAnyDay(Instant at, Instant due, long hours) {
        assertThat(WorkingDays.endOfNextDay(at)).isEqualTo(due);
        assertThat(Duration.between(at, due).toHours()).isEqualTo(hours);
    }

    @ParameterizedTest
    @CsvSource({"BY", "DE-XX", "DE", "AT-9"})
    void whatIsNoLandIsRefused(String code) {
        assertThatThrownBy(() -> FederalState.of(code))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + code + "'")
                .hasMessageContaining("DE-BY");
    }
}
