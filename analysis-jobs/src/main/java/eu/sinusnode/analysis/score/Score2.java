package eu.sinusnode.analysis.score;

/**
 * SCORE2 and SCORE2-OP: the risk of a first fatal or non-fatal cardiovascular event in ten years, of people without
 * cardiovascular disease and diabetes. SCORE2 (doi 10.1093/eurheartj/ehab309) is for 40 to 69 years, SCORE2-OP (doi
 * 10.1093/eurheartj/ehab312) for 70 to 89. Of SCORE2-OP the rounded coefficients of its paper are used; those with all digits
 * differ by up to 0.3 percentage points.
 *
 * @param age in years, 40 to 89
 * @param smoker now
 * @param systolic in mm[Hg]
 * @param cholesterol total, in mmol/L
 * @param hdl in mmol/L
 */
public record Score2(
        int age, boolean male, boolean smoker, double systolic, double cholesterol, double hdl, RiskRegion region) {

    public static final int YOUNGEST = 40;
    public static final int OLDEST = 89;
    static final int OLDER = 70;

    /** The risk in words of the ESC 2021 prevention guideline, by age. */
    public enum Category {
        LOW_TO_MODERATE,
        HIGH,
        VERY_HIGH
    }

    /** Coefficients of the linear predictor, each with that of its product with age. */
    private record Model(
            double age,
            double smoking,
            double systolic,
            double cholesterol,
            double hdl,
            double smokingByAge,
            double systolicByAge,
            double cholesterolByAge,
            double hdlByAge,
            double survival,
            double mean) {}

    private static final Model MEN =
            new Model(0.3742, 0.6012, 0.2777, 0.1458, -0.2698, -0.0755, -0.0255, -0.0281, 0.0426, 0.9605, 0);
    private static final Model WOMEN =
            new Model(0.4648, 0.7744, 0.3131, 0.1002, -0.2606, -0.1088, -0.0277, -0.0226, 0.0613, 0.9776, 0);
    private static final Model OLDER_MEN =
            new Model(0.0634, 0.3524, 0.0094, 0.0850, -0.3564, -0.0247, -0.0005, 0.0073, 0.0091, 0.7576, 0.0929);
    private static final Model OLDER_WOMEN =
            new Model(0.0789, 0.4921, 0.0102, 0.0605, -0.3040, -0.0255, -0.0004, -0.0009, 0.0154, 0.8082, 0.2288);

    /** How a region's risk follows from the model's. */
    private record Scales(double first, double second) {}

    public Score2 {
        if (age < YOUNGEST || age > OLDEST) {
            throw new IllegalArgumentException("SCORE2 and SCORE2-OP are for 40 to 89 years");
        }
    }

    public boolean isForOlderPersons() {
        return age >= OLDER;
    }

    /** The name of the one of the two that it is. */
    public String name() {
        return isForOlderPersons() ? "SCORE2-OP" : "SCORE2";
    }

    /** The risk in ten years, 0 to 1. */
    public double risk() {
        Model model = isForOlderPersons() ? (male ? OLDER_MEN : OLDER_WOMEN) : male ? MEN : WOMEN;
        double uncalibrated = 1 - StrictMath.pow(model.survival(), StrictMath.exp(predictor(model) - model.mean()));
        Scales scales = scales();
        double log = StrictMath.log(-StrictMath.log(1 - uncalibrated));
        return 1 - StrictMath.exp(-StrictMath.exp(scales.first() + scales.second() * log));
    }

    private double predictor(Model model) {
        boolean older = isForOlderPersons();
        double a = older ? age - 73 : (age - 60) / 5.0;
        double b = older ? systolic - 150 : (systolic - 120) / 20;
        double t = cholesterol - 6;
        double h = older ? hdl - 1.4 : (hdl - 1.3) / 0.5;
        double s = smoker ? 1 : 0;
        return model.age() * a
                + (model.smoking() + model.smokingByAge() * a) * s
                + (model.systolic() + model.systolicByAge() * a) * b
                + (model.cholesterol() + model.cholesterolByAge() * a) * t
                + (model.hdl() + model.hdlByAge() * a) * h;
    }

    private Scales scales() {
        if (isForOlderPersons()) {
            return switch (region) {
                case LOW -> male ? new Scales(-0.34, 1.19) : new Scales(-0.52, 1.01);
                case MODERATE -> male ? new Scales(0.01, 1.25) : new Scales(-0.10, 1.10);
                case HIGH -> male ? new Scales(0.08, 1.15) : new Scales(0.38, 1.09);
                case VERY_HIGH -> male ? new Scales(0.05, 0.70) : new Scales(0.38, 0.69);
            };
        }
        return switch (region) {
            case LOW -> male ? new Scales(-0.5699, 0.7476) : new Scales(-0.7380, 0.7019);
            case MODERATE -> male ? new Scales(-0.1565, 0.8009) : new Scales(-0.3143, 0.7701);
            case HIGH -> male ? new Scales(0.3207, 0.9360) : new Scales(0.5710, 0.9369);
            case VERY_HIGH -> male ? new Scales(0.5836, 0.8294) : new Scales(0.9412, 0.8329);
        };
    }

    /** Under 50 years high from 2.5 %, very high from 7.5 %; to 69 years from 5 and 10 %; from 70 years from 7.5 and 15 %. */
    public Category category() {
        double high = age < 50 ? 0.025 : age < OLDER ? 0.05 : 0.075;
        double veryHigh = age < 50 ? 0.075 : age < OLDER ? 0.10 : 0.15;
        double risk = risk();
        return risk >= veryHigh ? Category.VERY_HIGH : risk >= high ? Category.HIGH : Category.LOW_TO_MODERATE;
    }
}
