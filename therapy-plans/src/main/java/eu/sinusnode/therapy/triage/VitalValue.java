package eu.sinusnode.therapy.triage;

import eu.sinusnode.profiles.Codes;

/**
 * A measured value.
 *
 * @param loinc of the value, for a pressure that of the component
 * @param value in mm[Hg], /min or %
 */
public record VitalValue(String loinc, double value) {

    /**
     * Whether it is one of those at which a clinician looks on the same day, whatever the patient feels. The limits are those
     * of the flag {@code severe-vital-value}: pressure from 180 systolic or 110 diastolic (ESC 2024, doi
     * 10.1093/eurheartj/ehae178); the outermost bands of NEWS2 (RCP 2017): heart rate below 40, above 130 at rest, saturation
     * below 90 %. A heart rate that is not stated as resting is not known to be at rest, and only a low one counts.
     */
    public boolean isSevere() {
        return switch (loinc) {
            case Codes.SYSTOLIC -> value >= 180;
            case Codes.DIASTOLIC -> value >= 110;
            case Codes.HEART_RATE -> value < 40;
            case Codes.RESTING_HEART_RATE -> value < 40 || value > 130;
            case Codes.OXYGEN_SATURATION -> value < 90;
            default -> false;
        };
    }
}
