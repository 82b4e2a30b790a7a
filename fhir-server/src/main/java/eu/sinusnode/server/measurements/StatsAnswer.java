package eu.sinusnode.server.measurements;

import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Statistics of one series as the Observation that operation-observation-stats.html describes. */
final class StatsAnswer {

    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private static final Pattern ONE_UNIT = Pattern.compile("%|[A-Za-z]+|[A-Za-z]*\\[[A-Za-z]+]");

    private StatsAnswer() {}

    static Observation of(StatsAsked asked, Series series) {
        Sample sample = new Sample(series.measurements());
        Observation answer = new Observation().setStatus(ObservationStatus.FINAL);
        answer.setCode(new CodeableConcept(
                new Coding(series.code().system(), series.code().code(), null)));
        answer.setSubject(new Reference("Patient/" + asked.patientId()));
        answer.setEffective(new org.hl7.fhir.r4.model.Period()
                .setStartElement(time(asked.period().start()))
                .setEndElement(time(asked.period().end())));
        asked.statistics().forEach(statistic -> add(answer, statistic, asked, series, sample));
        int others = series.considered() - sample.count();
        if (others > 0) {
            answer.addNote()
                    .setText(others + " further Observations are not part of the statistics: they state no value in "
                            + (series.unit().isEmpty() ? "a UCUM unit" : series.unit()) + " for this code.");
        }
        return answer;
    }

    private static DateTimeType time(Instant at) {
        DateTimeType time = new DateTimeType(Date.from(at));
        time.setTimeZoneZulu(true);
        return time;
    }

    private static void add(Observation answer, Statistic statistic, StatsAsked asked, Series series, Sample sample) {
        switch (statistic) {
            case COUNT -> component(answer, statistic).setValue(count(sample.count()));
            case TOTAL_COUNT -> component(answer, statistic).setValue(count(series.considered()));
            case REGRESSION -> addRegression(answer, asked, series, sample);
            default -> {
                OptionalDouble value = statistic.of(sample);
                ObservationComponentComponent component = component(answer, statistic);
                if (value.isPresent()) {
                    component.setValue(quantity(value.getAsDouble(), unit(statistic, series.unit())));
                } else {
                    absent(component);
                }
            }
        }
    }

    /** Value a day, and the value at the start of the period. */
    private static void addRegression(Observation answer, StatsAsked asked, Series series, Sample sample) {
        sample.line(asked.period().start())
                .ifPresentOrElse(
                        line -> {
                            regression(answer, "gradient").setValue(quantity(line.gradient(), series.unit() + "/d"));
                            regression(answer, "intercept").setValue(quantity(line.intercept(), series.unit()));
                        },
                        () -> List.of("gradient", "intercept").forEach(part -> absent(regression(answer, part))));
    }

    private static ObservationComponentComponent regression(Observation answer, String part) {
        ObservationComponentComponent component = component(answer, Statistic.REGRESSION);
        component.getCode().setTextElement(new StringType(part));
        return component;
    }

    private static ObservationComponentComponent component(Observation answer, Statistic statistic) {
        ObservationComponentComponent component = answer.addComponent();
        component.getCode().addCoding(new Coding(Statistic.SYSTEM, statistic.code(), statistic.display()));
        return component;
    }

    /** Nothing, or too little, was measured: that is not zero. */
    private static void absent(ObservationComponentComponent component) {
        component.setDataAbsentReason(new CodeableConcept(new Coding(ABSENT, "not-applicable", "Not Applicable"))
                .setText("not computable from the values that there are"));
    }

    private static Quantity count(int count) {
        return quantity(count, "1");
    }

    private static Quantity quantity(double value, String unit) {
        Quantity quantity = new Quantity().setValue(Numbers.rounded(value)).setUnit(unit);
        // A square of a quotient has no short code in UCUM; then its text says it.
        return unit.contains("^") ? quantity : quantity.setSystem(Codes.UCUM).setCode(unit);
    }

    private static String unit(Statistic statistic, String unit) {
        return switch (statistic) {
            case SKEW, KURTOSIS -> "1";
            case VARIANCE -> ONE_UNIT.matcher(unit).matches() ? unit + "2" : "(" + unit + ")^2";
            default -> unit;
        };
    }
}
