package eu.sinusnode.analysis.feature;

import java.util.function.IntPredicate;

/**
 * The fall at night, in percent of the day's mean: day from 9 to 21, night from 1 to 6 o'clock of the patient's own time,
 * the hours between left out; at least 20 values of the day and 7 of the night (ESH position paper on ambulatory blood
 * pressure, O'Brien 2013, J Hypertens 31:1731). Normal for pressure is 10 to 20 %. Negative when it rises at night.
 */
final class NightDip {

    static final int LEAST_BY_DAY = 20;
    static final int LEAST_BY_NIGHT = 7;

    private NightDip() {}

    static FeatureValue of(DailySeries series) {
        double[] day = values(series, hour -> hour >= 9 && hour < 21);
        double[] night = values(series, hour -> hour >= 1 && hour < 6);
        if (day.length < LEAST_BY_DAY || night.length < LEAST_BY_NIGHT) {
            return new FeatureValue.NotComputable("%d value(s) by day and %d by night, %d and %d are needed"
                    .formatted(day.length, night.length, LEAST_BY_DAY, LEAST_BY_NIGHT));
        }
        double byDay = Statistics.mean(day);
        return new FeatureValue.Computed(100 * (byDay - Statistics.mean(night)) / byDay);
    }

    private static double[] values(DailySeries series, IntPredicate hours) {
        return series.samples().stream()
                .filter(sample -> hours.test(sample.hour()))
                .mapToDouble(Sample::value)
                .toArray();
    }
}
