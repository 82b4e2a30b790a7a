package eu.sinusnode.analysis.manifest;

import eu.sinusnode.analysis.facts.Dated;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an input said, as a short hash: enough to see that it says something else now, and nothing of it to be read. */
public final class Said {

    private static final int DIGITS = 16;

    private Said() {}

    /** Of the readings of one Observation, in any order. */
    public static String of(List<VitalReading> readings) {
        return hash(readings.stream()
                .map(reading -> String.join(
                        "|",
                        reading.code(),
                        reading.effective().toString(),
                        Double.toHexString(reading.value()),
                        reading.unit(),
                        reading.status()))
                .sorted()
                .collect(Collectors.joining("\n")));
    }

    public static String of(RrSeries series) {
        return hash(series.start() + "|" + series.end() + "|" + Arrays.toString(series.intervals()));
    }

    /** Of what one resource says beside readings: everything but its version. */
    public static String of(PatientFacts facts) {
        return hash(String.join(
                "|",
                String.valueOf(facts.born()),
                String.valueOf(facts.sex()),
                String.valueOf(facts.country()),
                new TreeSet<>(facts.diagnoses().found().keySet()).toString(),
                String.valueOf(facts.heartFailureSince()),
                new TreeSet<>(facts.drugs().found().keySet()).toString(),
                facts.laboratory().stream()
                        .map(value -> "%s %s %s %s"
                                .formatted(value.loinc(), value.on(), Double.toHexString(value.value()), value.unit()))
                        .toList()
                        .toString(),
                dated(facts.smoking()),
                dated(facts.nyha()),
                facts.limits().set().stream()
                        .map(limit -> "%s %s %s".formatted(limit.loinc(), exact(limit.low()), exact(limit.high())))
                        .toList()
                        .toString(),
                facts.adherence().stream()
                        .map(figure -> String.join(
                                " ",
                                figure.code(),
                                figure.of().toString(),
                                figure.madeOf().toString(),
                                figure.from().toString(),
                                figure.to().toString(),
                                exact(figure.percent())))
                        .toList()
                        .toString()));
    }

    private static String exact(@Nullable Double value) {
        return value == null ? "" : Double.toHexString(value);
    }

    private static String dated(@Nullable Dated<?> one) {
        return one == null ? "" : one.value() + " " + one.on();
    }

    private static String hash(String text) {
        return ModelFiles.sha256(text).substring(0, DIGITS);
    }
}
