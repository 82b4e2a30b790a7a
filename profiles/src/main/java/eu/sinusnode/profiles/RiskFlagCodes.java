package eu.sinusnode.profiles;

import java.util.List;

/** Codes of {@link Canonicals#OBSERVATION_CODES} that a risk flag may have. */
public final class RiskFlagCodes {

    /** All of them, the summary of what was not computable too; the value set {@code risk-flag-code} names the same. */
    public static final List<String> ALL = List.of(
            Codes.SUSPECTED_ATRIAL_FIBRILLATION,
            Codes.HOME_BLOOD_PRESSURE_CATEGORY,
            Codes.SEVERE_VITAL_VALUE,
            Codes.HEART_FAILURE_WEIGHT_GAIN,
            Codes.RESTING_HEART_RATE_OUT_OF_RANGE,
            Codes.LOW_OXYGEN_SATURATION,
            Codes.STROKE_RISK,
            Codes.CARDIOVASCULAR_RISK,
            Codes.HEART_FAILURE_MORTALITY,
            Codes.CORONARY_STENOSIS,
            Codes.PRESSURE_DETERIORATION,
            Codes.HEART_FAILURE_DECOMPENSATION,
            Codes.NOT_COMPUTABLE_SUMMARY);

    private RiskFlagCodes() {}
}
