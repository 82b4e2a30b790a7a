package eu.sinusnode.analysis.feature;

import java.util.function.ToDoubleFunction;

/** What is computed of the means of days of any measurement. */
public enum DayStatistic {
    MEAN("mean", "mean of days", Unit.OWN, 3, series -> Statistics.mean(series.dayMeans())),
    MEDIAN("median", "median of days", Unit.OWN, 3, series -> Statistics.median(series.dayMeans())),
    STANDARD_DEVIATION(
            "sd", "standard deviation of days", Unit.OWN, 5, series -> Statistics.standardDeviation(series.dayMeans())),
    /** The standard deviation in percent of the mean. */
    COEFFICIENT_OF_VARIATION(
            "cv",
            "coefficient of variation of days",
            Unit.PERCENT,
            5,
            series -> 100 * Statistics.standardDeviation(series.dayMeans()) / Statistics.mean(series.dayMeans())),
    AVERAGE_REAL_VARIABILITY(
            "arv",
            "average real variability of days",
            Unit.OWN,
            5,
            series -> Statistics.averageRealVariability(series.dayMeans())),
    SLOPE(
            "slope",
            "Theil-Sen slope of days",
            Unit.OWN_A_WEEK,
            7,
            series -> 7 * Statistics.slope(series.dayNumbers(), series.dayMeans()));

    private enum Unit {
        OWN,
        OWN_A_WEEK,
        PERCENT
    }

    private final String column;
    private final String display;
    private final Unit unit;
    private final int leastDays;
    private final ToDoubleFunction<DailySeries> definition;

    DayStatistic(String column, String display, Unit unit, int leastDays, ToDoubleFunction<DailySeries> definition) {
        this.column = column;
        this.display = display;
        this.unit = unit;
        this.leastDays = leastDays;
        this.definition = definition;
    }

    /** The end of the name of a column. */
    public String column() {
        return column;
    }

    /** Words that follow on the measurement's. */
    public String display() {
        return display;
    }

    /** Days with values that it needs. */
    public int leastDays() {
        return leastDays;
    }

    /** UCUM code, of a measurement in {@code own}. */
    public String unit(String own) {
        return switch (unit) {
            case OWN -> own;
            case OWN_A_WEEK -> own + "/wk";
            case PERCENT -> "%";
        };
    }

    FeatureValue of(DailySeries series) {
        int measured = series.days().size();
        return measured < leastDays
                ? new FeatureValue.NotComputable("%d day(s) with values, %d are needed".formatted(measured, leastDays))
                : new FeatureValue.Computed(definition.applyAsDouble(series));
    }
}
