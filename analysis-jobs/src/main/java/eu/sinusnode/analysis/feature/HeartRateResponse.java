package eu.sinusnode.analysis.feature;

import eu.sinusnode.analysis.quality.Measurement;
import java.util.List;

/**
 * How far the heart rate rises above rest in daily life, in /min: the second highest heart rate of a day less the day's
 * mean resting heart rate, the median of days. The highest is left out, one spike may be an artefact. A day needs ten heart
 * rates and a resting one; three such days. It is the part of the heart-rate reserve (Karvonen 1957) that daily life asks
 * for: low in who cannot raise the rate, and in who does not move. It is no exercise test.
 */
final class HeartRateResponse {

    static final int LEAST_RATES = 10;
    static final int LEAST_DAYS = 3;

    private HeartRateResponse() {}

    static FeatureValue of(FeatureWindow window) {
        DailySeries rates = window.of(Measurement.HEART_RATE);
        DailySeries resting = window.of(Measurement.RESTING_HEART_RATE);
        double[] responses = rates.days().stream()
                .filter(day ->
                        rates.of(day).size() >= LEAST_RATES && !resting.of(day).isEmpty())
                .mapToDouble(day -> secondHighest(rates.of(day)) - mean(resting.of(day)))
                .toArray();
        return responses.length < LEAST_DAYS
                ? new FeatureValue.NotComputable("%d day(s) with %d heart rates and a resting one, %d are needed"
                        .formatted(responses.length, LEAST_RATES, LEAST_DAYS))
                : new FeatureValue.Computed(Statistics.median(responses));
    }

    private static double secondHighest(List<Sample> samples) {
        double[] sorted = samples.stream().mapToDouble(Sample::value).sorted().toArray();
        return sorted[sorted.length - 2];
    }

    private static double mean(List<Sample> samples) {
        return Statistics.mean(samples.stream().mapToDouble(Sample::value).toArray());
    }
}
