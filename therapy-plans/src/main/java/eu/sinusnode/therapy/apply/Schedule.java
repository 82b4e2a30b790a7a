package eu.sinusnode.therapy.apply;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;

/** The days of a plan: from its first day for as long as the programme says, 12 weeks if it does not. */
record Schedule(LocalDate start, LocalDate end) {

    private static final int USUAL_DAYS = 84;

    static Schedule of(PlanDefinition plan, LocalDate start) {
        long days = plan.getAction().stream()
                .filter(PlanDefinitionActionComponent::hasTimingDuration)
                .mapToLong(action -> days(action.getTimingDuration()))
                .max()
                .orElse(USUAL_DAYS);
        return new Schedule(start, start.plusDays(days));
    }

    Period period() {
        Period period = new Period();
        period.getStartElement().setValueAsString(start.toString());
        period.getEndElement().setValueAsString(end.toString());
        return period;
    }

    DateType firstDay() {
        return new DateType(start.toString());
    }

    /** @param due a duration from the start */
    DateType due(Duration due) {
        return new DateType(start.plusDays(days(due)).toString());
    }

    /** The timing, within the plan. */
    Timing within(Timing timing) {
        Timing bounded = timing.copy();
        bounded.getRepeat().setBounds(period());
        return bounded;
    }

    /** The days in which each of a counted timing's occurrences lies. */
    List<Period> occurrences(Timing timing) {
        TimingRepeatComponent repeat = timing.getRepeat();
        long days = days(
                repeat.getPeriod().longValue(),
                String.valueOf(repeat.getPeriodUnit().toCode()));
        List<Period> occurrences = new ArrayList<>();
        LocalDate from = start;
        for (int i = 0; i < Math.max(1, repeat.getCount()) && from.isBefore(end); i++) {
            occurrences.add(new Schedule(from, from.plusDays(days - 1)).period());
            from = from.plusDays(days);
        }
        return occurrences;
    }

    private static long days(Duration duration) {
        return days(duration.getValue().longValue(), String.valueOf(duration.getCode()));
    }

    private static long days(long value, String unit) {
        return switch (unit) {
            case "d" -> value;
            case "wk" -> value * ChronoUnit.WEEKS.getDuration().toDays();
            default ->
                throw new ProgrammeException(
                        ProgrammeException.Reason.NOT_UNDERSTOOD, "A duration of the programme is not in d or wk");
        };
    }
}
