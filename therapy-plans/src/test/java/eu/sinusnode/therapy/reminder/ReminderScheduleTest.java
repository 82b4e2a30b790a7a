package eu.sinusnode.therapy.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.therapy.timing.DayRhythm;
import eu.sinusnode.therapy.timing.Occurrence;
import eu.sinusnode.therapy.timing.TimingReader;
import eu.sinusnode.therapy.timing.Timings;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReminderScheduleTest {

    private static final UUID PLAN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Instant BEGINS = Timings.local("2024-02-27T00:00");

    /** Each shape of {@code Timing.repeat}; the first night without an hour and the one with an hour twice lie in what is looked at. */
    private static final List<String> SHAPES = List.of(
            "'frequency':1,'period':1,'periodUnit':'d'",
            "'frequency':3,'period':1,'periodUnit':'d'",
            "'frequency':2,'frequencyMax':4,'period':1,'periodMax':2,'periodUnit':'d'",
            "'frequency':1,'period':8,'periodUnit':'h'",
            "'frequency':1,'period':90,'periodUnit':'min'",
            "'frequency':3,'period':1,'periodUnit':'wk'",
            "'frequency':1,'period':1,'periodUnit':'mo'",
            "'frequency':1,'period':1,'periodUnit':'a'",
            "'period':1,'periodUnit':'d','timeOfDay':['02:30:00','23:15:00']",
            "'period':1,'periodUnit':'wk','dayOfWeek':['mon','sun'],'timeOfDay':['02:15:00']",
            "'period':1,'periodUnit':'d','when':['PHS'],'offset':45",
            "'period':1,'periodUnit':'d','when':['ACM','HS']",
            "'period':1,'periodUnit':'d','when':['NIGHT','WAKE']",
            "'count':5,'frequency':1,'period':2,'periodUnit':'d'",
            "'count':5,'countMax':9,'frequency':2,'period':1,'periodUnit':'d'",
            "'boundsDuration':{'value':700,'system':'http://unitsofmeasure.org','code':'d'},'frequency':1,'period':1,'periodUnit':'d'",
            "'boundsPeriod':{'start':'2024-02-29','end':'2025-11-02'},'frequency':1,'period':1,'periodUnit':'d'");

    private static String json(String shape) {
        return shape.replace('\'', '"');
    }

    private static Activity activity(String shape, String record) {
        return new Activity(record, 0, "it", Timings.repeated(json(shape)));
    }

    private static ReminderSchedule schedule(Activity activity, QuietHours quiet) throws UnreadableTiming {
        return new ReminderSchedule(PLAN, activity, BEGINS, Timings.BERLIN, quiet);
    }

    @Provide
    Arbitrary<String> shapes() {
        return Arbitraries.of(SHAPES);
    }

    @Provide
    Arbitrary<String> records() {
        return Arbitraries.of("MedicationRequest/1", "ServiceRequest/1");
    }

    private static Instant hour(int hours) {
        return BEGINS.plus(Duration.ofHours(hours));
    }

    @Property
    void windowsThatMeetGiveWhatOneOverBothGives(
            @ForAll("shapes") String shape,
            @ForAll("records") String record,
            @ForAll @IntRange(min = -100, max = 17_000) int from,
            @ForAll @IntRange(max = 60) int first,
            @ForAll @IntRange(max = 60) int second)
            throws UnreadableTiming {
        ReminderSchedule schedule = schedule(activity(shape, record), QuietHours.USUAL);
        List<Reminder> parts = new ArrayList<>(schedule.due(hour(from), hour(from + first)));
        parts.addAll(schedule.due(hour(from + first), hour(from + first + second)));
        assertThat(parts).containsExactlyInAnyOrderElementsOf(schedule.due(hour(from), hour(from + first + second)));
    }

    /** Looked at one by one over two years: what is planned has one reminder, in no quiet hour, and nothing else has. */
    @Property(tries = 60)
    void eachTimeOfTwoYearsHasOneReminderOutsideOfQuietHours(
            @ForAll("shapes") String shape, @ForAll("records") String record) throws UnreadableTiming {
        Activity activity = activity(shape, record);
        List<Occurrence> planned = new TimingReader(Timings.BERLIN, DayRhythm.USUAL)
                .read(activity.timing(), BEGINS)
                .between(hour(-100), hour(17_000));
        List<Reminder> reminders = new ArrayList<>();
        ReminderSchedule schedule = schedule(activity, QuietHours.USUAL);
        for (int day = -120; day < 17_100; day += 24) {
            reminders.addAll(schedule.due(hour(day), hour(day + 24)));
        }
        assertThat(reminders).extracting(Reminder::id).doesNotHaveDuplicates();
        assertThat(reminders.stream()
                        .map(Reminder::planned)
                        .filter(at -> at.isBefore(hour(17_000)))
                        .sorted())
                .containsExactlyElementsOf(
                        planned.stream().map(Occurrence::at).sorted().toList());
        assertThat(reminders).allSatisfy(reminder -> {
            assertThat(QuietHours.USUAL.move(reminder.due(), Timings.BERLIN, false))
                    .as("%s is not quiet, or quiet begins", reminder.due())
                    .satisfiesAnyOf(same -> assertThat(same).isEqualTo(reminder.due()), begins -> assertThat(
                                    reminder.due().atZone(Timings.BERLIN).toLocalTime())
                            .isEqualTo(QuietHours.USUAL.from()));
            assertThat(reminder.until()).isAfter(reminder.due());
            assertThat(Duration.between(reminder.planned(), reminder.due()).abs())
                    .isLessThan(Duration.ofHours(9));
        });
    }

    private static List<String> due(String shape, String from, String to) throws UnreadableTiming {
        return schedule(activity(shape, "ServiceRequest/1"), QuietHours.USUAL)
                .due(Timings.local(from), Timings.local(to))
                .stream()
                .map(each -> each.due().atZone(Timings.BERLIN).toLocalDateTime() + " until "
                        + each.until().atZone(Timings.BERLIN).toLocalDateTime())
                .toList();
    }

    @Test
    void eightOClockStaysEightOClockWhenTheClocksChange() throws UnreadableTiming {
        String atEight = "'period':1,'periodUnit':'d','timeOfDay':['08:00:00']";
        assertThat(due(atEight, "2026-03-28T00:00", "2026-03-30T00:00"))
                .containsExactly("2026-03-28T08:00 until 2026-03-29T08:00", "2026-03-29T08:00 until 2026-03-30T08:00");
        assertThat(due(atEight, "2026-10-24T00:00", "2026-10-26T00:00"))
                .as("a day of 25 hours: the time for it is over after 24")
                .containsExactly("2026-10-24T08:00 until 2026-10-25T07:00", "2026-10-25T08:00 until 2026-10-26T08:00");
    }

    @Test
    void aTimeThatTheClocksSkipIsNotForgotten() throws UnreadableTiming {
        assertThat(due("'period':1,'periodUnit':'d','timeOfDay':['02:30:00']", "2026-03-29T00:00", "2026-03-30T00:00"))
                .containsExactly("2026-03-29T06:30 until 2026-03-30T02:30");
    }

    @Test
    void aLeapDayHasItsReminder() throws UnreadableTiming {
        assertThat(due("'frequency':1,'period':1,'periodUnit':'d'", "2028-02-29T00:00", "2028-03-01T00:00"))
                .containsExactly("2028-02-29T07:30 until 2028-03-01T07:30");
    }

    @Test
    void nobodyIsRemindedEveryMinute() throws UnreadableTiming {
        assertThat(due("'frequency':1,'period':1,'periodUnit':'min'", "2026-01-01T00:00", "2026-01-02T00:00"))
                .isEmpty();
        assertThat(due("'frequency':1,'period':1,'periodUnit':'h'", "2026-01-01T00:00", "2026-01-02T00:00"))
                .hasSize(24);
    }

    @Test
    void twoTimingsOfOnePrescriptionAreTwoReminders() throws UnreadableTiming {
        Activity first = activity(SHAPES.get(0), "MedicationRequest/1");
        Activity second = new Activity(first.record(), 1, first.name(), first.timing());
        Reminder one = schedule(first, QuietHours.USUAL).due(hour(0), hour(24)).get(0);
        Reminder other =
                schedule(second, QuietHours.USUAL).due(hour(0), hour(24)).get(0);
        assertThat(one.planned()).isEqualTo(other.planned());
        assertThat(one.id()).isNotEqualTo(other.id());
    }
}
