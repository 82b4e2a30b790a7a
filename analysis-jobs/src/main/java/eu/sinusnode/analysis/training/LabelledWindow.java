package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.rhythm.RrWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One usable window of a labelled record.
 *
 * @param series which five minutes of the record it begins in; windows of one series share the number
 * @param stratum its rhythm ({@link Rhythm}), or {@link #MIXED} when it holds more than one
 * @param positive more than half of its beats are labelled atrial fibrillation
 * @param flutter more than half of its beats are labelled atrial flutter
 * @param longNormal lies wholly in an unbroken stretch of at least 30 minutes labelled N
 * @param features in the order of {@link eu.sinusnode.analysis.rhythm.RhythmFeature}; not to be changed
 */
public record LabelledWindow(
        String record,
        int series,
        String stratum,
        boolean positive,
        boolean flutter,
        boolean longNormal,
        double[] features) {

    /** Length of a recording as patients make it. */
    static final long SERIES_MS = 5 * 60_000L;

    private static final long LONG_NORMAL_MS = 30 * 60_000L;

    /** The stratum of windows of more than one rhythm. */
    static final String MIXED = "MIXED";

    /**
     * The windows of one record.
     *
     * @param unusable windows that the artefact filter refused
     */
    public record OfRecord(List<LabelledWindow> windows, int unusable) {}

    public static OfRecord of(RhythmRecord record) {
        List<LabelledWindow> windows = new ArrayList<>();
        int unusable = 0;
        int series = 0;
        for (RhythmRecord.Stretch stretch : record.stretches()) {
            boolean[] longNormal = longNormal(stretch);
            long elapsed = 0;
            for (RrWindow window : RrWindow.of(stretch.rr())) {
                if (window.isUsable()) {
                    int number = series + (int) (elapsed / SERIES_MS);
                    windows.add(label(record.name(), number, stretch, longNormal, window));
                } else {
                    unusable++;
                }
                for (int i = 0; i < RrWindow.BEATS; i++) {
                    elapsed += stretch.rr()[window.firstBeat() + i];
                }
            }
            series += (int) (elapsed / SERIES_MS) + 1;
        }
        return new OfRecord(windows, unusable);
    }

    private static LabelledWindow label(
            String record, int series, RhythmRecord.Stretch stretch, boolean[] longNormal, RrWindow window) {
        Map<String, Integer> beats = new LinkedHashMap<>();
        boolean insideLongNormal = true;
        for (int i = window.firstBeat(); i < window.firstBeat() + RrWindow.BEATS; i++) {
            beats.merge(stretch.rhythm()[i], 1, Integer::sum);
            insideLongNormal &= longNormal[i];
        }
        String stratum = beats.size() > 1 ? MIXED : beats.keySet().iterator().next();
        return new LabelledWindow(
                record,
                series,
                stratum,
                beats.getOrDefault(Rhythm.AFIB, 0) * 2 > RrWindow.BEATS,
                beats.getOrDefault(Rhythm.AFL, 0) * 2 > RrWindow.BEATS,
                insideLongNormal,
                window.features());
    }

    private static boolean[] longNormal(RhythmRecord.Stretch stretch) {
        boolean[] inside = new boolean[stretch.rr().length];
        int from = 0;
        while (from < inside.length) {
            int to = from;
            long length = 0;
            while (to < inside.length && stretch.rhythm()[to].equals(stretch.rhythm()[from])) {
                length += stretch.rr()[to++];
            }
            boolean isLongNormal = Rhythm.N.equals(stretch.rhythm()[from]) && length >= LONG_NORMAL_MS;
            Arrays.fill(inside, from, to, isLongNormal);
            from = to;
        }
        return inside;
    }
}
