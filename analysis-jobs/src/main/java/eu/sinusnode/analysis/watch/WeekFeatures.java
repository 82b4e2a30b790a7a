package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.rhythm.RhythmFeature;
import eu.sinusnode.analysis.risk.ModelInputs;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.RhythmRecording;
import eu.sinusnode.analysis.risk.RiskModel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a model was fed in a week, as features whose distribution is watched. Of each measurement the level of the patient's
 * week, and its distance from the patient's own level of the three weeks before: patients differ far more from one another
 * than from themselves, so that a fault of a device's kind shows in the second first. Of a rhythm, and of a row of numbers, the
 * model's own features.
 */
final class WeekFeatures {

    private static final int WEEK = 7;
    private static final int LEAST_DAYS = 2;

    private WeekFeatures() {}

    /** @return by name; of a rhythm one value a window of the week, of all else one a patient */
    static Map<String, List<Double>> of(RiskModel model, PatientFeatures patient) {
        ModelInputs inputs = model.inputs();
        TreeMap<String, List<Double>> values = new TreeMap<>();
        model.fed(patient).forEach((name, value) -> values.put(name, List.of(value)));
        for (Measurement measurement : inputs.vitals()) {
            String name = measurement.name().toLowerCase(Locale.ROOT).replace('_', '-');
            List<Sample> samples = patient.recent().of(measurement).samples();
            LocalDate last = patient.recent().lastDay();
            OptionalDouble week = level(samples, last.minusDays(WEEK), last);
            OptionalDouble before = level(samples, last.minusDays(4L * WEEK), last.minusDays(WEEK));
            week.ifPresent(level -> values.put(name + "-week-mean", List.of(level)));
            if (week.isPresent() && before.isPresent()) {
                values.put(name + "-week-change", List.of(week.getAsDouble() - before.getAsDouble()));
            }
        }
        if (inputs.rhythm()) {
            rhythm(patient, values);
        }
        return values;
    }

    /** The mean of the means of days after {@code from} up to {@code to}; empty of fewer than two days. */
    private static OptionalDouble level(List<Sample> samples, LocalDate from, LocalDate to) {
        TreeMap<LocalDate, List<Double>> days = new TreeMap<>();
        samples.stream()
                .filter(sample -> sample.day().isAfter(from) && !sample.day().isAfter(to))
                .forEach(sample -> days.computeIfAbsent(sample.day(), ignored -> new ArrayList<>())
                        .add(sample.value()));
        return days.size() < LEAST_DAYS
                ? OptionalDouble.empty()
                : days.values().stream()
                        .mapToDouble(day -> day.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow())
                        .average();
    }

    private static void rhythm(PatientFeatures patient, Map<String, List<Double>> values) {
        Instant from = patient.given().asOf().minus(Duration.ofDays(WEEK));
        for (RhythmRecording recording : patient.rhythm().recordings()) {
            if (recording.series().start().toInstant().isAfter(from)) {
                recording.usable().forEach(window -> {
                    for (RhythmFeature feature : RhythmFeature.values()) {
                        values.computeIfAbsent(feature.column(), ignored -> new ArrayList<>())
                                .add(feature.of(window.intervals()));
                    }
                });
            }
        }
    }
}
