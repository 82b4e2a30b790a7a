package eu.sinusnode.therapy.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Clock changes and years that have one day more. In Berlin of 2026 clocks go forward on 29 March at 2, and back on 25 October at 3. */
class CalendarTest {

    private static List<Occurrence> between(String repeat, String planned, String from, String to)
            throws UnreadableTiming {
        return Timings.read(Timings.repeated(repeat), planned).between(Timings.local(from), Timings.local(to));
    }

    private static List<String> local(String repeat, String planned, String to) throws UnreadableTiming {
        return Timings.due(Timings.repeated(repeat), planned, planned, to);
    }

    @Test
    void aTimeThatTheClocksSkipIsDueOnceAndLater() throws UnreadableTiming {
        List<Occurrence> nights =
                between("\"timeOfDay\":[\"02:30:00\"]", "2026-03-28T00:00", "2026-03-28T00:00", "2026-03-31T00:00");
        assertThat(nights)
                .extracting(Occurrence::key)
                .containsExactly("2026-03-28T02:30", "2026-03-29T02:30", "2026-03-30T02:30");
        assertThat(nights)
                .extracting(occurrence -> occurrence.at().toString())
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void aTimeThatComesTwiceIsDueOnceAndFirst() throws UnreadableTiming {
        assertThat(between("\"timeOfDay\":[\"02:30:00\"]", "2026-10-24T00:00", "2026-10-24T00:00", "2026-10-27T00:00"))
                .extracting(occurrence -> occurrence.at().toString())
                .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void twoTimesThatMeetWhenTheClocksSkipStayTwo() throws UnreadableTiming {
        assertThat(between(
                        "\"timeOfDay\":[\"02:30:00\",\"03:30:00\"]",
                        "2026-03-29T00:00",
                        "2026-03-29T00:00",
                        "2026-03-30T00:00"))
                .extracting(Occurrence::key)
                .containsExactly("2026-03-29T02:30", "2026-03-29T03:30");
    }

    @Test
    void breakfastStaysAtBreakfast() throws UnreadableTiming {
        assertThat(local("\"frequency\":1,\"period\":1,\"periodUnit\":\"d\"", "2026-03-28T00:00", "2026-03-31T00:00"))
                .containsExactly("03-28 07:30", "03-29 07:30", "03-30 07:30");
    }

    @Test
    void eightHoursAreEightHours() throws UnreadableTiming {
        assertThat(local("\"period\":8,\"periodUnit\":\"h\"", "2026-03-28T22:00", "2026-03-29T20:00"))
                .containsExactly("03-28 22:00", "03-29 07:00", "03-29 15:00");
        assertThat(local("\"period\":8,\"periodUnit\":\"h\"", "2026-10-24T22:00", "2026-10-25T20:00"))
                .containsExactly("10-24 22:00", "10-25 05:00", "10-25 13:00");
    }

    @Test
    void anHourThatComesTwiceIsTwoHours() throws UnreadableTiming {
        assertThat(between(
                        "\"period\":1,\"periodUnit\":\"h\"",
                        "2026-10-25T01:00",
                        "2026-10-25T01:00",
                        "2026-10-25T04:00"))
                .extracting(Occurrence::key)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void fromThe31stOnItIsEachMonthsLastDay() throws UnreadableTiming {
        assertThat(local("\"period\":1,\"periodUnit\":\"mo\"", "2027-12-31T00:00", "2028-05-01T00:00"))
                .containsExactly("12-31 07:30", "01-31 07:30", "02-29 07:30", "03-31 07:30", "04-30 07:30");
    }

    @Test
    void aLeapDayComesOnThe28thOfOtherYears() throws UnreadableTiming {
        List<Occurrence> years = between(
                "\"period\":1,\"periodUnit\":\"a\"", "2028-02-29T00:00", "2028-02-29T00:00", "2033-01-01T00:00");
        assertThat(years)
                .extracting(Occurrence::key)
                .containsExactly(
                        "2028-02-29T07:30",
                        "2029-02-28T07:30",
                        "2030-02-28T07:30",
                        "2031-02-28T07:30",
                        "2032-02-29T07:30");
    }

    @Test
    void twoWeeksEndAtTheSameTimeOfDay() throws UnreadableTiming {
        List<String> due = local(
                "\"boundsDuration\":{\"value\":2,\"code\":\"wk\"},\"timeOfDay\":[\"11:59:00\",\"12:00:00\"]",
                "2026-03-20T12:00",
                "2026-05-01T00:00");
        assertThat(due).hasSize(28).endsWith("04-03 11:59");
    }
}
