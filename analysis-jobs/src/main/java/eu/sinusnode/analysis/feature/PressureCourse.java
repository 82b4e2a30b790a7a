package eu.sinusnode.analysis.feature;

import java.util.List;

/**
 * Four weeks of home blood pressure, as the model of lost control looks at them: the same for training and for a run.
 *
 * @param systolic of {@link #DAYS} days, in mm[Hg]
 * @param diastolic of the same days
 */
public record PressureCourse(DailyValues systolic, DailyValues diastolic) {

    public static final int DAYS = 28;
    public static final int LEAST_DAYS = 10;
    /** Of so many last days the level is the mean; without a value among them there is none. */
    public static final int LEVEL_DAYS = 14;

    public static final double CONTROLLED_SYSTOLIC = 135;
    public static final double CONTROLLED_DIASTOLIC = 85;

    /** Names of {@link #inputs}, in their order. */
    public static final List<String> COLUMNS = List.of(
            "systolic_mean_14d",
            "diastolic_mean_14d",
            "systolic_slope_week",
            "systolic_last_7d_difference",
            "systolic_deviation_28d",
            "measured_share_28d");

    private static final int WEEK = 7;

    public int measuredDays() {
        return systolic.count(0, DAYS);
    }

    /** Mean of the days with values among the last {@link #LEVEL_DAYS}; not a number without one. */
    public double level() {
        return systolic.mean(DAYS - LEVEL_DAYS, DAYS);
    }

    public double lowerLevel() {
        return diastolic.mean(DAYS - LEVEL_DAYS, DAYS);
    }

    /** Under the home thresholds now; what is not known is not. */
    public boolean isControlled() {
        return level() < CONTROLLED_SYSTOLIC && lowerLevel() < CONTROLLED_DIASTOLIC;
    }

    /** To four decimals; not a number where there are too few values. */
    public double[] inputs() {
        return DailyValues.rounded(
                level(),
                lowerLevel(),
                systolic.slope(0, DAYS),
                systolic.mean(DAYS - WEEK, DAYS) - systolic.mean(0, DAYS - WEEK),
                systolic.deviation(0, DAYS),
                measuredDays() / (double) DAYS);
    }
}
