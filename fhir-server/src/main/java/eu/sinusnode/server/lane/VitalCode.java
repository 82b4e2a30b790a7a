package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What a vital reading measures; the rows of {@code sinusnode.vital_code}. */
public enum VitalCode {
    SYSTOLIC(1, Codes.SYSTOLIC, Codes.BLOOD_PRESSURE_PANEL, "mm[Hg]", Map.of("mm[Hg]", BigDecimal.ONE)),
    DIASTOLIC(2, Codes.DIASTOLIC, Codes.BLOOD_PRESSURE_PANEL, "mm[Hg]", Map.of("mm[Hg]", BigDecimal.ONE)),
    HEART_RATE(
            3,
            Codes.HEART_RATE,
            Codes.HEART_RATE,
            "/min",
            Map.of("/min", BigDecimal.ONE, "{beats}/min", BigDecimal.ONE, "{Beats}/min", BigDecimal.ONE)),
    BODY_WEIGHT(
            4,
            Codes.BODY_WEIGHT,
            Codes.BODY_WEIGHT,
            "kg",
            Map.of(
                    "kg",
                    BigDecimal.ONE,
                    "g",
                    new BigDecimal("0.001"),
                    "[lb_av]",
                    // The international avoirdupois pound, exact by definition.
                    new BigDecimal("0.45359237")));

    private final short number;
    private final String loinc;
    private final String observationCode;
    private final String unit;
    private final Map<String, BigDecimal> factors;

    VitalCode(int number, String loinc, String observationCode, String unit, Map<String, BigDecimal> factors) {
        this.number = (short) number;
        this.loinc = loinc;
        this.observationCode = observationCode;
        this.unit = unit;
        this.factors = factors;
    }

    /** The two bytes that stand for it in a row. */
    public short number() {
        return number;
    }

    /** LOINC code of the value, for blood pressure that of the component. */
    public String loinc() {
        return loinc;
    }

    /** LOINC code of the Observation that carries the value; consent is given for this one. */
    public String observationCode() {
        return observationCode;
    }

    /** UCUM code of the unit that readings are kept in. */
    public String unit() {
        return unit;
    }

    /** The value in {@link #unit()}, or empty when the UCUM unit is not one of this measurement. */
    public Optional<BigDecimal> inCanonicalUnit(BigDecimal value, String ucum) {
        return Optional.ofNullable(factors.get(ucum)).map(value::multiply);
    }

    /** @throws IllegalArgumentException when no code has this number */
    public static VitalCode ofNumber(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No vital code has the number " + number));
    }
}
