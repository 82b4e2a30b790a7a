package eu.sinusnode.analysis.feature;

import java.time.LocalDate;

/** How regularly was measured. No value at all is a share of zero, and not unknown. */
final class Adherence {

    private Adherence() {}

    /** Days with a value, in percent of the days of the window, on each of which one measurement is planned. */
    static FeatureValue measuredShare(DailySeries series, FeatureWindow window) {
        return new FeatureValue.Computed(100.0 * series.days().size() / window.days());
    }

    /** The most days in a row without a value, in d; those at both ends of the window count. */
    static FeatureValue longestGap(DailySeries series, FeatureWindow window) {
        long longest = 0;
        LocalDate last = window.firstDay().minusDays(1);
        for (LocalDate day : series.days()) {
            longest = Math.max(longest, day.toEpochDay() - last.toEpochDay() - 1);
            last = day;
        }
        return new FeatureValue.Computed(Math.max(longest, window.lastDay().toEpochDay() - last.toEpochDay()));
    }
}
