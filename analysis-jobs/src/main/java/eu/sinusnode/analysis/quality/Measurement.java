package eu.sinusnode.analysis.quality;

import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the models read, the unit that it is judged in, and which values can be. The ranges are those of the profiles that
 * the server imposes; of blood pressure they are what an oscillometric monitor can mean. A value outside is no finding.
 *
 * <p>A unit is converted where the factor is exact by definition: gram, the international pound (0.45359237 kg) and inch
 * (2.54 cm), and counts a minute whose UCUM annotation says what is counted. The others are refused: kPa has no one exact
 * factor to mm[Hg], and a saturation of 0.97 may be a share or a fault.
 */
public enum Measurement {
    SYSTOLIC(Codes.SYSTOLIC, "mm[Hg]", 50, 300, Map.of()),
    DIASTOLIC(Codes.DIASTOLIC, "mm[Hg]", 30, 200, Map.of()),
    HEART_RATE(Codes.HEART_RATE, "/min", 20, 300, Units.BEATS),
    RESTING_HEART_RATE(Codes.RESTING_HEART_RATE, "/min", 20, 220, Units.BEATS),
    BODY_WEIGHT(Codes.BODY_WEIGHT, "kg", 20, 400, Map.of("g", 0.001, "[lb_av]", 0.45359237)),
    OXYGEN_SATURATION(Codes.OXYGEN_SATURATION, "%", 40, 100, Map.of()),
    BODY_HEIGHT(Codes.BODY_HEIGHT, "cm", 30, 260, Map.of("[in_i]", 2.54)),
    BODY_MASS_INDEX(Codes.BODY_MASS_INDEX, "kg/m2", 8, 120, Map.of());

    private static final class Units {
        private static final Map<String, Double> BEATS = Map.of("{beats}/min", 1.0, "{Beats}/min", 1.0);
    }

    private static final Map<String, Measurement> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Measurement::code, one -> one));

    private final String code;
    private final String unit;
    private final double lowest;
    private final double highest;
    private final Map<String, Double> factors;

    Measurement(String code, String unit, double lowest, double highest, Map<String, Double> factors) {
        this.code = code;
        this.unit = unit;
        this.lowest = lowest;
        this.highest = highest;
        this.factors = factors;
    }

    /** LOINC code, for blood pressure that of the component. */
    public String code() {
        return code;
    }

    /** UCUM code. */
    public String unit() {
        return unit;
    }

    /** Smallest value that can be, in {@link #unit}. */
    public double lowest() {
        return lowest;
    }

    /** Largest value that can be, in {@link #unit}. */
    public double highest() {
        return highest;
    }

    public static Optional<Measurement> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    public static Set<String> codes() {
        return BY_CODE.keySet();
    }

    /** The value in {@link #unit}; empty when the UCUM unit is none of these. */
    OptionalDouble convert(double value, String ucum) {
        if (unit.equals(ucum)) {
            return OptionalDouble.of(value);
        }
        Double factor = factors.get(ucum);
        return factor == null ? OptionalDouble.empty() : OptionalDouble.of(value * factor);
    }

    /** The value in {@link #unit} in decimals, as the server converts it; empty when the UCUM unit is none of these. */
    public Optional<BigDecimal> convert(BigDecimal value, String ucum) {
        if (unit.equals(ucum)) {
            return Optional.of(value);
        }
        Double factor = factors.get(ucum);
        return factor == null ? Optional.empty() : Optional.of(value.multiply(BigDecimal.valueOf(factor)));
    }

    /** Whether a value in {@link #unit} can be; no value at all cannot. */
    boolean isPossible(double value) {
        return value >= lowest && value <= highest;
    }
}
