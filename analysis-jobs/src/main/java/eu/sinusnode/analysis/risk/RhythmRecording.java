package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.rhythm.RrWindow;
import java.util.List;

/**
 * One recording as windows.
 *
 * @param usable windows that passed the artefact filter, in order
 * @param unusable how many did not
 */
public record RhythmRecording(RrSeries series, List<RrWindow> usable, int unusable) {

    static RhythmRecording of(RrSeries series) {
        List<RrWindow> windows = RrWindow.of(series.intervals());
        List<RrWindow> usable = windows.stream().filter(RrWindow::isUsable).toList();
        return new RhythmRecording(series, usable, windows.size() - usable.size());
    }
}
