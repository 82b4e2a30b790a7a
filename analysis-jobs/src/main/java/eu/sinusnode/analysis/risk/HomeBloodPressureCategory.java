package eu.sinusnode.analysis.risk;

/** Categories of home blood pressure after the ESC 2024 guideline (doi 10.1093/eurheartj/ehae178), rising. */
public enum HomeBloodPressureCategory {
    NON_ELEVATED("non-elevated", "Non-elevated", 0, 0),
    ELEVATED("elevated", "Elevated", 120, 70),
    HYPERTENSION("hypertension", "Hypertension", 135, 85),
    SEVERE("severe", "Severe", 180, 110);

    private final String code;
    private final String display;
    private final int systolicFrom;
    private final int diastolicFrom;

    HomeBloodPressureCategory(String code, String display, int systolicFrom, int diastolicFrom) {
        this.code = code;
        this.display = display;
        this.systolicFrom = systolicFrom;
        this.diastolicFrom = diastolicFrom;
    }

    /** Code of {@link eu.sinusnode.profiles.Canonicals#BLOOD_PRESSURE_CATEGORIES}. */
    public String code() {
        return code;
    }

    public String display() {
        return display;
    }

    /** Smallest systolic pressure of the category, in mm[Hg]. */
    public int systolicFrom() {
        return systolicFrom;
    }

    /** Smallest diastolic pressure of the category, in mm[Hg]. */
    public int diastolicFrom() {
        return diastolicFrom;
    }

    /** The category of the worse of the two pressures, in mm[Hg]. */
    public static HomeBloodPressureCategory of(double systolic, double diastolic) {
        HomeBloodPressureCategory worst = NON_ELEVATED;
        for (HomeBloodPressureCategory category : values()) {
            if (systolic >= category.systolicFrom || diastolic >= category.diastolicFrom) {
                worst = category;
            }
        }
        return worst;
    }

    /** Whether a flag is due. */
    public boolean isRaised() {
        return this == HYPERTENSION || this == SEVERE;
    }
}
