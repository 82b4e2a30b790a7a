package eu.sinusnode.therapy.timing;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** What the codes of FHIR R4's value set timing-abbreviation mean (HL7 v3 GTSAbbreviation). */
final class TimingCode {

    private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation";

    private static final Map<String, Supplier<Pattern>> MEANING = Map.ofEntries(
            Map.entry("BID", () -> daily(2)),
            Map.entry("TID", () -> daily(3)),
            Map.entry("QID", () -> daily(4)),
            Map.entry("AM", () -> at(MomentOfDay.MORN)),
            Map.entry("PM", () -> at(MomentOfDay.AFT)),
            Map.entry("QD", () -> daily(1)),
            Map.entry("QOD", () -> new Pattern.OnDays(new DayRule.EveryDays(2, 1), new TimesOfDay.Spread())),
            Map.entry("Q1H", () -> hours(1)),
            Map.entry("Q2H", () -> hours(2)),
            Map.entry("Q3H", () -> hours(3)),
            Map.entry("Q4H", () -> hours(4)),
            Map.entry("Q6H", () -> hours(6)),
            Map.entry("Q8H", () -> hours(8)),
            Map.entry("BED", () -> at(MomentOfDay.HS)),
            Map.entry("WK", () -> new Pattern.OnDays(new DayRule.EveryDays(7, 1), new TimesOfDay.Spread())),
            Map.entry("MO", () -> new Pattern.OnDays(new DayRule.EveryMonths(1, 1), new TimesOfDay.Spread())),
            Map.entry("JB", () -> on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY))),
            Map.entry("JE", () -> on(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY))));

    private TimingCode() {}

    static Pattern of(CodeableConcept code) throws UnreadableTiming {
        for (Coding coding : code.getCoding()) {
            Supplier<Pattern> meaning = coding.hasCode() ? MEANING.get(coding.getCode()) : null;
            if (SYSTEM.equals(coding.getSystem()) && meaning != null) {
                return meaning.get();
            }
        }
        throw new UnreadableTiming(
                "code", "The code does not say when; add the frequency and period, or a code of %s.".formatted(SYSTEM));
    }

    private static Pattern daily(int times) {
        return new Pattern.OnDays(new DayRule.EveryDays(1, times), new TimesOfDay.Spread());
    }

    private static Pattern at(MomentOfDay moment) {
        return new Pattern.OnDays(new DayRule.EveryDays(1, 1), new TimesOfDay.AtMoments(List.of(moment), 0));
    }

    private static Pattern on(Set<DayOfWeek> weekDays) {
        return new Pattern.OnDays(new DayRule.OnWeekDays(weekDays, 1, 1), new TimesOfDay.Spread());
    }

    private static Pattern hours(int hours) {
        return new Pattern.EveryInterval(hours * 3_600L, 1, Set.of());
    }
}
