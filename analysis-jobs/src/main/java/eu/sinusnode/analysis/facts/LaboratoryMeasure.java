package eu.sinusnode.analysis.facts;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What scores ask of the laboratory and the bedside, in one unit each. The code says what unit there must be; a value in any
 * other is not used. Mass is converted by molar mass: cholesterol 38.67 mg/dL a mmol/L, creatinine 88.42 umol/L a mg/dL,
 * glucose 18.016 mg/dL a mmol/L. An ST depression of 10 mm is one of 1 mV.
 */
public enum LaboratoryMeasure {
    CHOLESTEROL(
            "total cholesterol",
            "mmol/L",
            730,
            new Source(LaboratoryCodes.CHOLESTEROL, "mmol/L", 1, 0.5, 30),
            new Source(LaboratoryCodes.CHOLESTEROL_MASS, "mg/dL", 1 / 38.67, 20, 1200)),
    HDL_CHOLESTEROL(
            "HDL cholesterol",
            "mmol/L",
            730,
            new Source(LaboratoryCodes.HDL_CHOLESTEROL, "mmol/L", 1, 0.05, 5),
            new Source(LaboratoryCodes.HDL_CHOLESTEROL_MASS, "mg/dL", 1 / 38.67, 2, 200)),
    CREATININE(
            "creatinine",
            "umol/L",
            365,
            new Source(LaboratoryCodes.CREATININE, "umol/L", 1, 10, 3000),
            new Source(LaboratoryCodes.CREATININE_MASS, "mg/dL", 88.42, 0.1, 34)),
    EJECTION_FRACTION(
            "left ventricular ejection fraction", "%", 730, new Source(Codes.EJECTION_FRACTION, "%", 1, 5, 90)),
    FASTING_GLUCOSE(
            "fasting glucose",
            "mg/dL",
            365,
            new Source(LaboratoryCodes.FASTING_GLUCOSE_MASS, "mg/dL", 1, 10, 2000),
            new Source(LaboratoryCodes.FASTING_GLUCOSE, "mmol/L", 18.016, 0.5, 110)),
    /** As {@link ChestPain#number}. */
    CHEST_PAIN_TYPE("chest pain type", "1", 90, new Source(Codes.CHEST_PAIN_TYPE, "1", 1, 1, 4)),
    /** 1 when there was, else 0. */
    EXERCISE_ANGINA("angina in exercise", "1", 365, new Source(Codes.EXERCISE_ANGINA, "1", 1, 0, 1)),
    ST_DEPRESSION(
            "ST depression in exercise",
            "mm",
            365,
            new Source(Codes.EXERCISE_ST_DEPRESSION, "mm", 1, 0, 10),
            new Source(Codes.EXERCISE_ST_DEPRESSION, "mV", 10, 0, 1)),
    EXERCISE_HEART_RATE(
            "highest heart rate in exercise",
            "/min",
            365,
            new Source(Codes.MAXIMAL_EXERCISE_HEART_RATE, "/min", 1, 40, 250));

    /** A code with its unit, the factor into that of the measure, and the range of its profile. */
    private record Source(String loinc, String unit, double factor, double lowest, double highest) {

        boolean isOf(LaboratoryValue value) {
            return loinc.equals(value.loinc())
                    && unit.equals(value.unit())
                    && value.value() >= lowest
                    && value.value() <= highest;
        }
    }

    private final String words;
    private final String unit;
    private final int longestDays;
    private final List<Source> sources;

    LaboratoryMeasure(String words, String unit, int longestDays, Source... sources) {
        this.words = words;
        this.unit = unit;
        this.longestDays = longestDays;
        this.sources = List.of(sources);
    }

    public String words() {
        return words;
    }

    /** UCUM code. */
    public String unit() {
        return unit;
    }

    /** Days after which a value is stale. */
    public int longestDays() {
        return longestDays;
    }

    /** LOINC codes of the measure. */
    public Set<String> codes() {
        return sources.stream().map(Source::loinc).collect(Collectors.toUnmodifiableSet());
    }

    /** The newest up to a day that is of the measure's codes, and not in its code's unit or not possible. */
    public Optional<LaboratoryValue> newestUnusable(List<LaboratoryValue> values, LocalDate day) {
        return values.stream()
                .filter(value -> codes().contains(value.loinc()) && !value.on().isAfter(day))
                .filter(value -> convert(value) == null)
                .max(Comparator.comparing(LaboratoryValue::on).thenComparing(LaboratoryValue::reference));
    }

    /** The newest usable value up to a day, in {@link #unit}; stale ones too. */
    public Optional<Dated<Double>> newest(List<LaboratoryValue> values, LocalDate day) {
        return values.stream()
                .filter(value -> !value.on().isAfter(day))
                .map(this::convert)
                .filter(Objects::nonNull)
                .max(Comparator.comparing((Dated<Double> value) -> value.on()).thenComparing(Dated::reference));
    }

    private @Nullable Dated<Double> convert(LaboratoryValue value) {
        return sources.stream()
                .filter(source -> source.isOf(value))
                .findFirst()
                .map(source -> new Dated<>(value.value() * source.factor(), value.on(), value.reference()))
                .orElse(null);
    }
}
