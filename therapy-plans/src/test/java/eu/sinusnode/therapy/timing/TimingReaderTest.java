package eu.sinusnode.therapy.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes of Timing.repeat, among them the examples that FHIR R4 gives for the type (datatypes.html#Timing). */
class TimingReaderTest {

    private static final String DAY = "2026-06-01T00:00";

    private static List<String> inDays(String repeat, int days) throws UnreadableTiming {
        String to = LocalDateTime.parse(DAY).plusDays(days).toString();
        return Timings.due(Timings.repeated(repeat), DAY, DAY, to);
    }

    private static List<String> times(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("of one day, Monday 1 June 2026")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BID                     | 'frequency':2,'period':1,'periodUnit':'d'                        | 07:30, 21:00",
                "three times a day       | 'frequency':3,'period':1,'periodUnit':'d'                        | 07:30, 14:15, 21:00",
                "three to four times     | 'frequency':3,'frequencyMax':4,'period':1,'periodUnit':'d'       | 07:30, 14:15, 21:00",
                "once, nothing else said | 'frequency':1                                                    | 07:30",
                "every 8 hours           | 'period':8,'periodUnit':'h'                                      | 00:00, 08:00, 16:00",
                "every 6 to 8 hours      | 'period':6,'periodMax':8,'periodUnit':'h'                        | 00:00, 06:00, 12:00, 18:00",
                "half a day is 12 hours  | 'period':0.5,'periodUnit':'d'                                    | 00:00, 12:00",
                "five times in 12 hours  | 'frequency':5,'period':12,'periodUnit':'h'                       | 00:00, 02:24, 04:48, 07:12, 09:36, 12:00, 14:24, 16:48, 19:12, 21:36",
                "at times                | 'timeOfDay':['20:15:00','08:00:00']                              | 08:00, 20:15",
                "at times, frequency too | 'frequency':2,'period':1,'periodUnit':'d','timeOfDay':['08:00:00','20:15:00'] | 08:00, 20:15",
                "every 24 hours at a time| 'period':24,'periodUnit':'h','timeOfDay':['06:00:00']            | 06:00",
                "the same time twice     | 'timeOfDay':['08:00:00','08:00:00']                              | 08:00",
                "before meals, half hour | 'when':['AC'],'offset':30                                        | 07:00, 12:00, 18:00",
                "TID before meals        | 'frequency':3,'period':1,'periodUnit':'d','when':['AC'],'offset':30 | 07:00, 12:00, 18:00",
                "after breakfast         | 'when':['PCM'],'offset':60                                       | 08:30",
                "with lunch              | 'when':['CD']                                                    | 12:30",
                "morning and night       | 'when':['MORN','NIGHT']                                          | 08:00, 22:00",
                "parts of the day        | 'when':['MORN.early','NOON','AFT.late','EVE.early','EVE']        | 07:00, 12:00, 16:00, 18:00, 19:00",
                "one time by two names   | 'when':['NIGHT','HS','MORN.early','WAKE']                        | 07:00, 22:00",
                "waking, going to bed    | 'when':['WAKE','HS']                                             | 07:00, 22:00",
                "a Monday                | 'dayOfWeek':['mon']                                              | 07:30",
                "no Monday               | 'dayOfWeek':['tue','sun']                                        |",
                "twice on Mondays        | 'dayOfWeek':['mon'],'frequency':2                                | 07:30, 21:00",
                "every 8 hours, Tuesdays | 'dayOfWeek':['tue'],'period':8,'periodUnit':'h'                  |",
            })
    void ofOneDay(String name, String repeat, String expected) throws UnreadableTiming {
        assertThat(inDays(repeat.replace('\'', '"'), 1))
                .containsExactlyElementsOf(
                        times(expected).stream().map(time -> "06-01 " + time).toList());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("days of the three weeks from Monday 1 June 2026")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "every second day        | 'period':2,'periodUnit':'d'                       | 1,3,5,7,9,11,13,15,17,19,21",
                "every 7 days            | 'period':7,'periodUnit':'d'                       | 1,8,15",
                "once a week             | 'period':1,'periodUnit':'wk'                      | 1,8,15",
                "three times a week      | 'frequency':3,'period':1,'periodUnit':'wk'        | 1,3,5,8,10,12,15,17,19",
                "five times a week       | 'frequency':5,'period':1,'periodUnit':'wk'        | 1,2,3,5,6,8,9,10,12,13,15,16,17,19,20",
                "three in two weeks      | 'frequency':3,'period':2,'periodUnit':'wk'        | 1,5,10,15,19",
                "half a week is 84 hours | 'period':0.5,'periodUnit':'wk'                    | 1,4,8,11,15,18",
                "Mondays and Thursdays   | 'dayOfWeek':['thu','mon']                         | 1,4,8,11,15,18",
                "the same, said so       | 'frequency':2,'period':1,'periodUnit':'wk','dayOfWeek':['mon','thu'] | 1,4,8,11,15,18",
                "every second Wednesday  | 'period':2,'periodUnit':'wk','dayOfWeek':['wed']  | 3,17",
                "daily, working days     | 'period':1,'periodUnit':'d','dayOfWeek':['mon','tue','wed','thu','fri'] | 1,2,3,4,5,8,9,10,11,12,15,16,17,18,19",
                "every 2nd day, Mondays  | 'period':2,'periodUnit':'d','dayOfWeek':['mon']   | 1,15",
                "once a month            | 'period':1,'periodUnit':'mo'                      | 1",
                "three times a month     | 'frequency':3,'period':1,'periodUnit':'mo'        | 1,11,21",
                "five times, then no more| 'count':5,'period':3,'periodUnit':'d'             | 1,4,7,10,13",
                "four to six times       | 'count':4,'countMax':6,'period':1,'periodUnit':'d'| 1,2,3,4",
                "for ten days            | 'boundsDuration':{'value':10,'system':'http://unitsofmeasure.org','code':'d'},'period':3,'periodUnit':'d' | 1,4,7,10",
                "for one to two weeks    | 'boundsRange':{'low':{'value':1,'code':'wk'},'high':{'value':2,'code':'wk'}},'period':4,'periodUnit':'d'   | 1,5,9,13",
                "a period of days        | 'boundsPeriod':{'start':'2026-06-03','end':'2026-06-05'},'period':1,'periodUnit':'d' | 3,4,5",
            })
    void ofDays(String name, String repeat, String days) throws UnreadableTiming {
        assertThat(inDays(repeat.replace('\'', '"'), 21))
                .extracting(text -> Integer.parseInt(text.substring(3, 5)))
                .containsExactlyElementsOf(
                        times(days).stream().map(Integer::parseInt).toList());
    }

    @Test
    void aDayBeginsWhereItsBoundsBegin() throws UnreadableTiming {
        String bid =
                "\"boundsPeriod\":{\"start\":\"2026-06-01T13:00:00+02:00\"},\"frequency\":2,\"period\":1,\"periodUnit\":\"d\"";
        assertThat(inDays(bid, 2)).containsExactly("06-01 21:00", "06-02 07:30", "06-02 21:00");
    }

    @Test
    void anEndWithATimeBelongsToItsPeriod() throws UnreadableTiming {
        String until = "\"boundsPeriod\":{\"end\":\"2026-06-01T16:00:00+02:00\"},\"period\":8,\"periodUnit\":\"h\"";
        assertThat(inDays(until, 2)).containsExactly("06-01 00:00", "06-01 08:00", "06-01 16:00");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BID  | 07:30, 21:00",
                "TID  | 07:30, 14:15, 21:00",
                "QID  | 07:30, 12:00, 16:30, 21:00",
                "AM   | 08:00",
                "PM   | 15:00",
                "QD   | 07:30",
                "BED  | 22:00",
                "Q6H  | 00:00, 06:00, 12:00, 18:00",
                "Q8H  | 00:00, 08:00, 16:00",
                "JB   | 07:30",
                "JE   |",
            })
    void codesSayIt(String code, String expected) throws UnreadableTiming {
        String timing =
                "{\"code\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation\",\"code\":\"%s\"}]}}"
                        .formatted(code);
        assertThat(Timings.due(Timings.written(timing), DAY, DAY, "2026-06-02T00:00"))
                .containsExactlyElementsOf(
                        times(expected).stream().map(time -> "06-01 " + time).toList());
    }

    @Test
    void aCodeKeepsItsBounds() throws UnreadableTiming {
        String timing = """
                {"repeat":{"boundsDuration":{"value":1,"code":"d"}},
                 "code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation","code":"BID"}]}}
                """;
        assertThat(Timings.due(Timings.written(timing), DAY, DAY, "2026-07-01T00:00"))
                .containsExactly("06-01 07:30", "06-01 21:00");
    }

    @Test
    void eventsAreDaysOrTimes() throws UnreadableTiming {
        String timing = "{\"event\":[\"2026-06-03\",\"2026-06-02T10:00:00Z\",\"2026-05-01T10:00:00Z\"]}";
        assertThat(Timings.due(Timings.written(timing), DAY, DAY, "2026-07-01T00:00"))
                .as("10:00 in UTC is noon in Berlin, and nothing is due before the plan begins")
                .containsExactly("06-02 12:00", "06-03 07:30");
    }

    @Test
    void sayHowLong() throws UnreadableTiming {
        Recurrence walk = Timings.read(
                Timings.repeated(
                        "\"duration\":0.5,\"durationUnit\":\"h\",\"frequency\":3,\"period\":1,\"periodUnit\":\"wk\""),
                DAY);
        assertThat(walk.between(Timings.local(DAY), Timings.local("2026-06-02T00:00")))
                .singleElement()
                .extracting(Occurrence::lasts)
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void aDayIsThePatientsDay() throws UnreadableTiming {
        DayRhythm late = new DayRhythm(
                LocalTime.of(10, 0),
                LocalTime.of(10, 30),
                LocalTime.of(15, 0),
                LocalTime.of(20, 0),
                LocalTime.of(23, 50));
        Recurrence evening = new TimingReader(ZoneId.of("Europe/Lisbon"), late)
                .read(Timings.repeated("\"when\":[\"PHS\"],\"offset\":20"), Timings.local(DAY));
        assertThat(evening.between(Timings.local(DAY), Timings.local("2026-06-02T00:00")))
                .as("20 minutes after 23:50 in Lisbon, which is an hour behind")
                .extracting(occurrence -> occurrence.at().toString())
                .containsExactly("2026-05-31T23:10:00Z");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "repeat.durationUnit | 'duration':5,'frequency':1",
                "repeat.periodUnit   | 'period':5",
                "repeat.period       | 'period':-1,'periodUnit':'d'",
                "repeat.period       | 'period':0,'periodUnit':'h'",
                "repeat.duration     | 'duration':-1,'durationUnit':'h','frequency':1",
                "repeat.duration     | 'duration':1,'durationUnit':'mo','frequency':1",
                "repeat.periodMax    | 'periodMax':5,'frequency':1",
                "repeat.periodMax    | 'period':5,'periodMax':4,'periodUnit':'d'",
                "repeat.durationMax  | 'durationMax':5,'frequency':1",
                "repeat.countMax     | 'countMax':5,'frequency':1",
                "repeat.countMax     | 'count':5,'countMax':4,'frequency':1",
                "repeat.frequencyMax | 'frequency':3,'frequencyMax':2,'period':1,'periodUnit':'d'",
                "repeat.offset       | 'offset':5,'frequency':1",
                "repeat.offset       | 'when':['CM'],'offset':5",
                "repeat.offset       | 'when':['PCM'],'offset':2000",
                "repeat.when         | 'when':['CM'],'timeOfDay':['08:00:00']",
                "repeat.frequency    | 'frequency':3,'period':1,'periodUnit':'d','timeOfDay':['08:00:00','12:00:00']",
                "repeat.frequency    | 'frequency':3,'period':1,'periodUnit':'wk','dayOfWeek':['mon','thu']",
                "repeat.dayOfWeek    | 'period':1,'periodUnit':'mo','dayOfWeek':['mon']",
                "repeat.period       | 'period':1.5,'periodUnit':'mo'",
                "repeat.period       | 'period':1.5,'periodUnit':'d','timeOfDay':['08:00:00']",
                "repeat.period       | 'period':8,'periodUnit':'h','timeOfDay':['08:00:00']",
                "repeat.period       | 'period':30,'periodUnit':'min','when':['MORN']",
                "repeat.period       | 'period':1.5,'periodUnit':'wk','dayOfWeek':['mon']",
                "repeat.period       | 'period':2000,'periodUnit':'wk','frequency':1,'when':['MORN'],'count':1,'periodMax':1",
                "repeat.boundsPeriod | 'boundsPeriod':{'start':'2026-06-03','end':'2026-06-02'},'frequency':1",
                "repeat.boundsRange  | 'boundsRange':{'low':{'value':3,'code':'d'},'high':{'value':2,'code':'d'}},'frequency':1",
                "repeat.bounds       | 'boundsDuration':{'value':3,'code':'fortnight'},'frequency':1",
                "repeat.bounds       | 'boundsDuration':{'value':1.5,'code':'mo'},'frequency':1",
                "repeat.bounds       | 'boundsDuration':{'value':3,'comparator':'>','code':'d'},'frequency':1",
                "repeat              | 'count':5",
                "repeat              | 'boundsDuration':{'value':10,'code':'d'}",
            })
    void contradictionsAreRefused(String element, String repeat) {
        UnreadableTiming refused =
                catchThrowableOfType(() -> inDays(repeat.replace('\'', '"'), 30), UnreadableTiming.class);
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.element()).startsWith(element);
        assertThat(refused).hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":{\"text\":\"as before\"}}",
                "{\"code\":{\"coding\":[{\"system\":\"https://example.org/x\",\"code\":\"BID\"}]}}",
                "{\"event\":[\"2026\"]}",
                "{\"event\":[\"2026-06-01\"],\"repeat\":{\"frequency\":1}}",
                "{}",
            })
    void whatDoesNotSayWhenIsRefused(String timing) {
        assertThat(catchThrowableOfType(() -> Timings.read(Timings.written(timing), DAY), UnreadableTiming.class))
                .isNotNull();
    }
}
