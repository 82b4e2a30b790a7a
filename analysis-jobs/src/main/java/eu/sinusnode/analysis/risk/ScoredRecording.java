package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.rhythm.RrWindow;
import java.util.List;

/**
 * A recording with the probability of each usable window.
 *
 * @param above the windows at or above the threshold
 */
record ScoredRecording(RrSeries series, List<Window> windows, List<Window> above, RhythmSeriesRule rule) {

    /** @param features in the order of {@link eu.sinusnode.analysis.rhythm.RhythmFeature} */
    record Window(RrWindow window, double[] features, double probability) {}

    static ScoredRecording of(RrSeries series, List<Window> windows, double threshold) {
        List<Window> above = windows.stream()
                .filter(window -> window.probability() >= threshold)
                .toList();
        return new ScoredRecording(series, windows, above, new RhythmSeriesRule(windows.size(), above.size()));
    }

    double meanProbability() {
        return windows.stream().mapToDouble(Window::probability).average().orElse(0);
    }
}
