package eu.sinusnode.server.measurements;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A code of {@code http://terminology.hl7.org/CodeSystem/observation-statistics} (valueset-observation-statistics.html)
 * that is one number of a sample. Counts and the regression, which is two, stand beside.
 */
enum Statistic {
    AVERAGE("average", "Average", Sample::mean),
    MAXIMUM("maximum", "Maximum", sample -> sample.quantile(1)),
    MINIMUM("minimum", "Minimum", sample -> sample.quantile(0)),
    COUNT("count", "Count"),
    TOTAL_COUNT("total-count", "Total Count"),
    MEDIAN("median", "Median", sample -> sample.quantile(0.5)),
    STANDARD_DEVIATION("std-dev", "Standard Deviation", sample -> root(sample.variance())),
    SUM("sum", "Sum", Sample::sum),
    VARIANCE("variance", "Variance", Sample::variance),
    PERCENTILE_20("20-percent", "20th Percentile", sample -> sample.quantile(0.2)),
    PERCENTILE_80("80-percent", "80th Percentile", sample -> sample.quantile(0.8)),
    LOWER_QUARTILE("4-lower", "Lower Quartile", sample -> sample.quantile(0.25)),
    UPPER_QUARTILE("4-upper", "Upper Quartile", sample -> sample.quantile(0.75)),
    QUARTILE_DEVIATION("4-dev", "Quartile Deviation", Statistic::quartileDeviation),
    QUINTILE_1("5-1", "1st Quintile", sample -> sample.quantile(0.2)),
    QUINTILE_2("5-2", "2nd Quintile", sample -> sample.quantile(0.4)),
    QUINTILE_3("5-3", "3rd Quintile", sample -> sample.quantile(0.6)),
    QUINTILE_4("5-4", "4th Quintile", sample -> sample.quantile(0.8)),
    SKEW("skew", "Skew", Sample::skew),
    KURTOSIS("kurtosis", "Kurtosis", Sample::kurtosis),
    REGRESSION("regression", "Regression");

    static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/observation-statistics";

    private final String code;
    private final String display;
    private final Function<Sample, OptionalDouble> of;

    Statistic(String code, String display) {
        this(code, display, sample -> OptionalDouble.empty());
    }

    Statistic(String code, String display, Function<Sample, OptionalDouble> of) {
        this.code = code;
        this.display = display;
        this.of = of;
    }

    String code() {
        return code;
    }

    String display() {
        return display;
    }

    /** Empty when it cannot be told. */
    OptionalDouble of(Sample sample) {
        return of.apply(sample);
    }

    static Optional<Statistic> ofCode(String code) {
        return Arrays.stream(values())
                .filter(statistic -> statistic.code.equals(code))
                .findFirst();
    }

    private static OptionalDouble root(OptionalDouble square) {
        return square.isPresent() ? OptionalDouble.of(Math.sqrt(square.getAsDouble())) : square;
    }

    private static OptionalDouble quartileDeviation(Sample sample) {
        return sample.count() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sample.quantile(0.75).getAsDouble()
                                - sample.quantile(0.25).getAsDouble())
                        / 2);
    }
}
