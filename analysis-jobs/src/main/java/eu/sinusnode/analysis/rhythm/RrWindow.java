package eu.sinusnode.analysis.rhythm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Thirty consecutive RR intervals after the artefact filter.
 *
 * <p>Intervals outside 300 to 2000 ms (200 to 30 beats a minute) are missed or doubled beats more often than heart
 * beats; they are taken out, and the rest stands together as if they had been neighbours. With more than three of thirty
 * taken out the window is not used.
 *
 * @param firstBeat index of its first interval in the series
 * @param intervals the plausible intervals in ms, in order; not to be changed
 * @param rejected how many the filter took out
 */
public record RrWindow(int firstBeat, double[] intervals, int rejected) {

    /** Intervals in a window. */
    public static final int BEATS = 30;
    /** Plausible intervals that a window needs. */
    public static final int MINIMUM_USABLE = 27;

    public static final int SHORTEST_MS = 300;
    public static final int LONGEST_MS = 2000;

    /** Whole windows of a series, one after another without overlap; a last incomplete one is left out. */
    public static List<RrWindow> of(int[] series) {
        List<RrWindow> windows = new ArrayList<>();
        for (int first = 0; first + BEATS <= series.length; first += BEATS) {
            windows.add(of(series, first));
        }
        return windows;
    }

    /** The window that begins at {@code first}; the series must hold thirty intervals from there. */
    public static RrWindow of(int[] series, int first) {
        double[] plausible = Arrays.stream(series, first, first + BEATS)
                .filter(RrWindow::isPlausible)
                .asDoubleStream()
                .toArray();
        return new RrWindow(first, plausible, BEATS - plausible.length);
    }

    public static boolean isPlausible(int intervalMs) {
        return intervalMs >= SHORTEST_MS && intervalMs <= LONGEST_MS;
    }

    public boolean isUsable() {
        return intervals.length >= MINIMUM_USABLE;
    }

    /** {@link RhythmFeature#allOf}; only of a usable window. */
    public double[] features() {
        return RhythmFeature.allOf(intervals);
    }
}
