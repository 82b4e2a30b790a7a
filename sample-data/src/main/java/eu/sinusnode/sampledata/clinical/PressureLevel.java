package eu.sinusnode.sampledata.clinical;

/**
 * Where a patient's true home blood pressure ends up under treatment: the ranges of systolic and diastolic means to draw
 * from, inside the home categories of the ESC 2024 guideline (non-elevated below 120/70, elevated below 135/85).
 */
public enum PressureLevel {
    NON_ELEVATED(105, 115, 58, 66),
    ELEVATED(123, 131, 72, 81),
    HYPERTENSION(139, 156, 84, 97),
    SEVERE(183, 191, 104, 113);

    private final int lowestSystolic;
    private final int highestSystolic;
    private final int lowestDiastolic;
    private final int highestDiastolic;

    PressureLevel(int lowestSystolic, int highestSystolic, int lowestDiastolic, int highestDiastolic) {
        this.lowestSystolic = lowestSystolic;
        this.highestSystolic = highestSystolic;
        this.lowestDiastolic = lowestDiastolic;
        this.highestDiastolic = highestDiastolic;
    }

    /** Systolic mean in mmHg for a patient who stands at {@code share} (0 to 1) of the range. */
    public double systolic(double share) {
        return lowestSystolic + share * (highestSystolic - lowestSystolic);
    }

    /** Diastolic mean in mmHg for a patient who stands at {@code share} (0 to 1) of the range. */
    public double diastolic(double share) {
        return lowestDiastolic + share * (highestDiastolic - lowestDiastolic);
    }

    /** The ESC 2024 home category of a true mean, the worse of systolic and diastolic. */
    public static String homeCategory(double systolic, double diastolic) {
        if (systolic >= 180 || diastolic >= 110) {
            return "severe";
        }
        if (systolic >= 135 || diastolic >= 85) {
            return "hypertension";
        }
        return systolic >= 120 || diastolic >= 70 ? "elevated" : "non-elevated";
    }
}
