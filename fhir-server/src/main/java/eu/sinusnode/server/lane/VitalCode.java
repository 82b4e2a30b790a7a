package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** What a vital reading measures; the rows of {@code sinusnode.vital_code}. */
public enum VitalCode {
    SYSTOLIC(1, Codes.SYSTOLIC, Codes.BLOOD_PRESSURE_PANEL, Conversions.to("mm[Hg]")),
    DIASTOLIC(2, Codes.DIASTOLIC, Codes.BLOOD_PRESSURE_PANEL, Conversions.to("mm[Hg]")),
    HEART_RATE(3, Codes.HEART_RATE, Codes.HEART_RATE, Conversions.rate()),
    BODY_WEIGHT(
            4,
            Codes.BODY_WEIGHT,
            Codes.BODY_WEIGHT,
            // The international avoirdupois pound, exact by definition.
            Conversions.to("kg").by("g", "0.001").by("[lb_av]", "0.45359237")),
    OXYGEN_SATURATION(5, Codes.OXYGEN_SATURATION, Codes.OXYGEN_SATURATION, Conversions.to("%")),
    RESTING_HEART_RATE(6, Codes.RESTING_HEART_RATE, Codes.RESTING_HEART_RATE, Conversions.rate()),
    RESPIRATORY_RATE(7, Codes.RESPIRATORY_RATE, Codes.RESPIRATORY_RATE, Conversions.rate()),
    BODY_TEMPERATURE(
            8,
            Codes.BODY_TEMPERATURE,
            Codes.BODY_TEMPERATURE,
            Conversions.to("Cel").fahrenheit()),
    BODY_HEIGHT(9, Codes.BODY_HEIGHT, Codes.BODY_HEIGHT, Conversions.to("cm").by("[in_i]", "2.54")),
    BODY_MASS_INDEX(10, Codes.BODY_MASS_INDEX, Codes.BODY_MASS_INDEX, Conversions.to("kg/m2")),
    /** Over the period that the Observation states; it stands at the start of the period. */
    STEPS(11, Codes.STEPS, Codes.STEPS, Conversions.to("{steps}").by("1", "1")),
    STEPS_A_DAY(
            12,
            Codes.STEPS_A_DAY,
            Codes.STEPS_A_DAY,
            Conversions.to("/d").by("{steps}/(24.h)", "1").by("1/(24.h)", "1"));

    private static final Map<String, List<VitalCode>> BY_OBSERVATION =
            Arrays.stream(values()).collect(Collectors.groupingBy(VitalCode::observationCode));

    private final short number;
    private final String loinc;
    private final String observationCode;
    private final Conversions conversions;

    VitalCode(int number, String loinc, String observationCode, Conversions conversions) {
        this.number = (short) number;
        this.loinc = loinc;
        this.observationCode = observationCode;
        this.conversions = conversions;
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
        return conversions.unit();
    }

    /** The value in {@link #unit()}, or empty when the UCUM unit is not one of this measurement. */
    public Optional<BigDecimal> inCanonicalUnit(BigDecimal value, String ucum) {
        return conversions.convert(value, ucum);
    }

    /** Whether an Observation is found by this reading; of a blood pressure's two it is the systolic one. */
    public boolean isLeading() {
        return this != DIASTOLIC;
    }

    /** The reading by which the Observation is found. */
    public VitalCode leading() {
        return this == DIASTOLIC ? SYSTOLIC : this;
    }

    /** Whether it is counted over a period; all else is measured at a moment. */
    public boolean isOverPeriod() {
        return this == STEPS || this == STEPS_A_DAY;
    }

    /** Those whose {@link #observationCode} the concept carries. */
    static Set<VitalCode> of(CodeableConcept concept) {
        Set<VitalCode> codes = EnumSet.noneOf(VitalCode.class);
        for (Coding coding : concept.getCoding()) {
            if (Codes.LOINC.equals(coding.getSystem()) && coding.getCode() != null) {
                codes.addAll(BY_OBSERVATION.getOrDefault(coding.getCode(), List.of()));
            }
        }
        return codes;
    }

    /** @throws IllegalArgumentException when no code has this number */
    public static VitalCode ofNumber(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No vital code has the number " + number));
    }
}
