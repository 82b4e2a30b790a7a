package eu.sinusnode.analysis.feature;

import java.util.List;

/**
 * Four weeks of weight and resting heart rate, as the model of decompensated heart failure looks at them: the same for
 * training and for a run.
 *
 * @param weight of {@link #DAYS} days, in kg
 * @param restingHeartRate of the same days, in /min
 */
public record FluidCourse(DailyValues weight, DailyValues restingHeartRate) {

    public static final int DAYS = 28;
    public static final int LEAST_DAYS = 7;
    /** One of so many last days has to have a weight. */
    public static final int LATELY_DAYS = 3;

    /** Names of {@link #inputs}, in their order. */
    public static final List<String> COLUMNS = List.of(
            "weight_rise_3d_kg",
            "weight_above_usual_kg",
            "weight_slope_14d_kg_week",
            "weighed_share_28d",
            "resting_heart_rate_above_usual");

    private static final int LATELY = DAYS - LATELY_DAYS;
    /** What is usual is the mean of all days but the last week. */
    private static final int USUAL = DAYS - 7;

    public int weighedDays() {
        return weight.count(0, DAYS);
    }

    public boolean isWeighedLately() {
        return weight.count(LATELY, DAYS) > 0;
    }

    /** To four decimals; not a number where there are too few values. */
    public double[] inputs() {
        return DailyValues.rounded(
                weight.newest(LATELY, DAYS) - weight.least(LATELY - 1, DAYS),
                weight.mean(LATELY, DAYS) - weight.mean(0, USUAL),
                weight.slope(DAYS - 14, DAYS),
                weighedDays() / (double) DAYS,
                restingHeartRate.mean(LATELY, DAYS) - restingHeartRate.mean(0, USUAL));
    }
}
