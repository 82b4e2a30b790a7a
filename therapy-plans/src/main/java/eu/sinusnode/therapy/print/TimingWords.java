package eu.sinusnode.therapy.print;

import eu.sinusnode.therapy.timing.DayRhythm;
import eu.sinusnode.therapy.timing.Occurrence;
import eu.sinusnode.therapy.timing.TimingReader;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.hl7.fhir.r4.model.Type;

/** How often something is due, and at what times of the day. */
record TimingWords(PrintLanguage language) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm");
    private static final int WEEK = 7;
    private static final Instant SOME_MONDAY = Instant.parse("2026-01-05T00:00:00Z");

    /** "5 times a week"; what a timing does not say in its structure is said as it is written, or not said. */
    String howOften(Type timing) {
        if (timing instanceof DateTimeType at) {
            return language.day(at.getValue().toInstant().atZone(ZoneOffset.UTC).toLocalDate());
        }
        return timing instanceof Timing known ? howOften(known) : language.say("often.unknown");
    }

    private String howOften(Timing timing) {
        TimingRepeatComponent repeat = timing.getRepeat();
        if (timing.hasEvent()) {
            return timing.getEvent().stream()
                    .map(at -> language.day(
                            at.getValue().toInstant().atZone(ZoneOffset.UTC).toLocalDate()))
                    .collect(Collectors.joining("; "));
        }
        String days = repeat.getDayOfWeek().stream()
                .map(day -> language.say("day." + DayOfWeek.of(day.getValue().ordinal() + 1)))
                .collect(Collectors.joining(", "));
        if (repeat.hasPeriod()) {
            return days.isEmpty() ? everyPeriod(repeat) : language.say("often.on", everyPeriod(repeat), days);
        }
        if (!days.isEmpty()) {
            return language.say("often.days", days);
        }
        if (repeat.hasFrequency() || repeat.hasWhen() || repeat.hasTimeOfDay()) {
            return times(Math.max(1, repeat.getFrequency()), repeat.getFrequencyMax(), BigDecimal.ONE, UnitsOfTime.D);
        }
        return timing.getCode().hasText() ? timing.getCode().getText() : byOccurrence(timing);
    }

    private String everyPeriod(TimingRepeatComponent repeat) {
        return times(
                Math.max(1, repeat.getFrequency()),
                repeat.getFrequencyMax(),
                repeat.getPeriod(),
                repeat.getPeriodUnit());
    }

    private String times(int frequency, int most, BigDecimal period, UnitsOfTime unit) {
        String count = most > frequency ? language.say("often.range", frequency, most) : Integer.toString(frequency);
        boolean one = period.compareTo(BigDecimal.ONE) == 0;
        String each = one
                ? language.say("each." + unit)
                : language.say("each.several", language.number(period), language.say("unit." + unit));
        return count.equals("1") ? language.say("often.one", each) : language.say("often.many", count, each);
    }

    /** Of a code that stands by itself. */
    private String byOccurrence(Timing timing) {
        int due = occurrences(timing, WEEK).size();
        return due > 0 && due % WEEK == 0
                ? times(due / WEEK, 0, BigDecimal.ONE, UnitsOfTime.D)
                : due > 0 ? times(due, 0, BigDecimal.ONE, UnitsOfTime.WK) : language.say("often.unknown");
    }

    /** "7:30, 21:00", as the reminders come; empty when the day is free to choose, or only the day is said. */
    String when(Type timing) {
        if (!(timing instanceof Timing known) || known.hasEvent()) {
            return "";
        }
        TimingRepeatComponent repeat = known.getRepeat();
        if (repeat.hasTimeOfDay()) {
            return repeat.getTimeOfDay().stream()
                    .map(time -> CLOCK.format(LocalTime.parse(time.getValue())))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        if (repeat.hasWhen()) {
            List<String> moments = new ArrayList<>();
            repeat.getWhen()
                    .forEach(moment -> moments.add(language.find("when." + moment.getValue())
                            .orElse(moment.getValue().toCode())));
            String said = String.join(", ", moments);
            return repeat.hasOffset() && repeat.getOffset() > 0
                    ? language.say("when.offset", said, repeat.getOffset())
                    : said;
        }
        return isDaily(repeat) || !repeat.hasPeriod() ? clock(known) : language.say("when.free");
    }

    private static boolean isDaily(TimingRepeatComponent repeat) {
        return repeat.getPeriodUnit() == UnitsOfTime.D
                && repeat.hasPeriod()
                && repeat.getPeriod().compareTo(BigDecimal.ONE) == 0;
    }

    private String clock(Timing timing) {
        String times = occurrences(timing, 1).stream()
                .map(due -> CLOCK.format(due.at().atZone(ZoneOffset.UTC)))
                .collect(Collectors.joining(", "));
        return times.isEmpty() ? "" : language.say("when.about", times);
    }

    /** On some days without a change of the clock; what bounds the timing does not matter here. */
    private static List<Occurrence> occurrences(Timing timing, int days) {
        Timing unbounded = timing.copy();
        unbounded.getRepeat().setBounds(null);
        unbounded.getRepeat().setCountElement(null);
        try {
            return new TimingReader(ZoneOffset.UTC, DayRhythm.USUAL)
                    .read(unbounded, SOME_MONDAY)
                    .between(SOME_MONDAY, SOME_MONDAY.plusSeconds(86_400L * days));
        } catch (UnreadableTiming unreadable) {
            return List.of();
        }
    }

    /** "30 minutes"; empty when it takes no time that is said. */
    String duration(Type timing) {
        return Stream.of(timing)
                .filter(Timing.class::isInstance)
                .map(each -> ((Timing) each).getRepeat())
                .filter(TimingRepeatComponent::hasDuration)
                .map(repeat ->
                        language.number(repeat.getDuration()) + " " + language.say("unit." + repeat.getDurationUnit()))
                .findFirst()
                .orElse("");
    }
}
