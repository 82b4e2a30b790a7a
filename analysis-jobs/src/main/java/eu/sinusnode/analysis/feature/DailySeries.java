package eu.sinusnode.analysis.feature;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of one measurement in a window, by time, and their means of days. */
public final class DailySeries {

    private final List<Sample> samples;
    private final SortedMap<LocalDate, List<Sample>> days = new TreeMap<>();

    private DailySeries(List<Sample> samples) {
        this.samples = samples;
        samples.forEach(sample ->
                days.computeIfAbsent(sample.day(), ignored -> new ArrayList<>()).add(sample));
    }

    /** @param samples by time */
    public static DailySeries of(List<Sample> samples) {
        return new DailySeries(samples);
    }

    public List<Sample> samples() {
        return samples;
    }

    /** Those of one day, by time; empty when there is none. */
    List<Sample> of(LocalDate day) {
        return days.getOrDefault(day, List.of());
    }

    /** Days with a value, in order. */
    public List<LocalDate> days() {
        return List.copyOf(days.keySet());
    }

    /** The mean of each day that has a value, in the order of days. A day counts once, however often was measured. */
    public double[] dayMeans() {
        return days.values().stream()
                .mapToDouble(ofDay ->
                        ofDay.stream().mapToDouble(Sample::value).average().orElse(Double.NaN))
                .toArray();
    }

    /** Days since 1970 of {@link #dayMeans}. */
    double[] dayNumbers() {
        return days.keySet().stream().mapToDouble(LocalDate::toEpochDay).toArray();
    }
}
