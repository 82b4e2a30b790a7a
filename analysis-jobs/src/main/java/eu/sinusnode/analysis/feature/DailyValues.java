package eu.sinusnode.analysis.feature;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * One value a day; not a number on days without one. All statistics are of the days {@code from} to {@code to}, the last
 * one left out, and not a number when there are too few values.
 */
public record DailyValues(double[] values) {

    public static DailyValues none(int days) {
        double[] values = new double[days];
        Arrays.fill(values, Double.NaN);
        return new DailyValues(values);
    }

    /** The means of the days of a series. @param days how many, {@code last} included */
    public static DailyValues of(DailySeries series, LocalDate last, int days) {
        DailyValues daily = none(days);
        List<LocalDate> measured = series.days();
        double[] means = series.dayMeans();
        for (int i = 0; i < means.length; i++) {
            long before = ChronoUnit.DAYS.between(measured.get(i), last);
            if (before >= 0 && before < days) {
                daily.values[days - 1 - (int) before] = means[i];
            }
        }
        return daily;
    }

    /** To four decimals, as a table of training has them; not a number stays so. */
    static double[] rounded(double... values) {
        return Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? Double.NaN : Math.round(value * 10_000) / 10_000.0)
                .toArray();
    }

    public int count(int from, int to) {
        int count = 0;
        for (int day = from; day < to; day++) {
            count += Double.isNaN(values[day]) ? 0 : 1;
        }
        return count;
    }

    /** Needs one value. */
    public double mean(int from, int to) {
        double sum = 0;
        for (int day = from; day < to; day++) {
            sum += Double.isNaN(values[day]) ? 0 : values[day];
        }
        return sum / count(from, to);
    }

    public double least(int from, int to) {
        double least = Double.NaN;
        for (int day = from; day < to; day++) {
            least = Double.isNaN(least) || values[day] < least ? values[day] : least;
        }
        return least;
    }

    public double newest(int from, int to) {
        for (int day = to - 1; day >= from; day--) {
            if (!Double.isNaN(values[day])) {
                return values[day];
            }
        }
        return Double.NaN;
    }

    /** Standard deviation about the mean; needs three values. */
    public double deviation(int from, int to) {
        int count = count(from, to);
        if (count < 3) {
            return Double.NaN;
        }
        double mean = mean(from, to);
        double sum = 0;
        for (int day = from; day < to; day++) {
            sum += Double.isNaN(values[day]) ? 0 : (values[day] - mean) * (values[day] - mean);
        }
        return StrictMath.sqrt(sum / (count - 1));
    }

    /** Least squares, per week; needs five values. */
    public double slope(int from, int to) {
        int count = count(from, to);
        if (count < 5) {
            return Double.NaN;
        }
        double meanDay = 0;
        for (int day = from; day < to; day++) {
            meanDay += Double.isNaN(values[day]) ? 0 : day / (double) count;
        }
        double mean = mean(from, to);
        double together = 0;
        double spread = 0;
        for (int day = from; day < to; day++) {
            if (!Double.isNaN(values[day])) {
                together += (day - meanDay) * (values[day] - mean);
                spread += (day - meanDay) * (day - meanDay);
            }
        }
        return 7 * together / spread;
    }
}
