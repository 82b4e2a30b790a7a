package eu.sinusnode.analysis.risk;

/**
 * From the windows of one recording to the recording: suspected when it has at least three usable windows and at least
 * six tenths of them reach the model's threshold.
 *
 * @param usableWindows windows that passed the artefact filter
 * @param positiveWindows of these, those at or above the threshold
 */
public record RhythmSeriesRule(int usableWindows, int positiveWindows) {

    public static final int MINIMUM_WINDOWS = 3;
    public static final double MINIMUM_SHARE = 0.6;

    public boolean isScorable() {
        return usableWindows >= MINIMUM_WINDOWS;
    }

    public boolean isSuspected() {
        return isScorable() && positiveWindows >= MINIMUM_SHARE * usableWindows;
    }
}
