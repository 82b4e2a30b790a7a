package eu.sinusnode.therapy.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.therapy.timing.Timings;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static String moved(QuietHours quiet, String planned, boolean medication) {
        return quiet.move(Timings.local(planned), Timings.BERLIN, medication)
                .atZone(Timings.BERLIN)
                .toLocalDateTime()
                .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-10T22:29,2026-01-10T22:29,2026-01-10T22:29",
        "2026-01-10T22:30,2026-01-11T06:30,2026-01-10T22:30",
        "2026-01-10T23:45,2026-01-11T06:30,2026-01-10T22:30",
        "2026-01-11T00:00,2026-01-11T06:30,2026-01-10T22:30",
        "2026-01-11T02:29,2026-01-11T06:30,2026-01-10T22:30",
        "2026-01-11T02:30,2026-01-11T06:30,2026-01-10T22:30",
        "2026-01-11T02:31,2026-01-11T06:30,2026-01-11T06:30",
        "2026-01-11T06:29,2026-01-11T06:30,2026-01-11T06:30",
        "2026-01-11T06:30,2026-01-11T06:30,2026-01-11T06:30",
        "2024-02-28T23:00,2024-02-29T06:30,2024-02-28T22:30",
        "2024-03-01T00:10,2024-03-01T06:30,2024-02-29T22:30"
    })
    void whatCanWaitComesWhenTheyAreOverAndAnIntakeAtTheNearerEnd(String planned, String other, String medication) {
        assertThat(moved(QuietHours.USUAL, planned, false)).isEqualTo(other);
        assertThat(moved(QuietHours.USUAL, planned, true)).isEqualTo(medication);
    }

    /** In the night of 29 March an hour is missing, in that of 25 October one is there twice. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:59,2026-03-28T22:30",
        "2026-03-29T03:00,2026-03-28T22:30",
        "2026-03-29T03:01,2026-03-29T06:30",
        "2026-10-25T02:00,2026-10-24T22:30",
        "2026-10-25T03:30,2026-10-25T06:30"
    })
    void whatIsNearerIsCountedInHoursThatPass(String planned, String medication) {
        assertThat(moved(QuietHours.USUAL, planned, true)).isEqualTo(medication);
    }

    @Test
    void theyMayLieWithinOneDayOrNotBeAtAll() {
        QuietHours noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0));
        assertThat(moved(noon, "2026-01-10T13:30", false)).isEqualTo("2026-01-10T14:00");
        assertThat(moved(noon, "2026-01-10T12:10", true)).isEqualTo("2026-01-10T12:00");
        assertThat(moved(noon, "2026-01-10T23:30", true)).isEqualTo("2026-01-10T23:30");
        QuietHours never = new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
        assertThat(moved(never, "2026-01-10T00:00", false)).isEqualTo("2026-01-10T00:00");
    }

    @Test
    void theyAreThoseOfThePatientsOwnClock() {
        assertThat(QuietHours.USUAL.move(
                        ZonedDateTime.parse("2026-01-10T23:00+01:00").toInstant(),
                        java.time.ZoneId.of("Atlantic/Azores"),
                        false))
                .as("nine in the evening on the Azores")
                .isEqualTo(ZonedDateTime.parse("2026-01-10T23:00+01:00").toInstant());
    }
}
