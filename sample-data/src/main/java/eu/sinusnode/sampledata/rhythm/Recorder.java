package eu.sinusnode.sampledata.rhythm;

import eu.sinusnode.sampledata.chance.Draws;
import java.util.Arrays;

/** Records the beats of a heart for a while, as its device sees them. */
public final class Recorder {

    /**
     * What is recorded.
     *
     * @param sinusMillis mean interval in sinus rhythm
     * @param fibrillatingMillis mean interval in fibrillation
     * @param ectopicProbability that a sinus beat is followed by an early one; 0 for none
     * @param fibrillatesFromMillis part of the recording in fibrillation, from …
     * @param fibrillatesToMillis … up to; equal for none
     */
    public record Heart(
            double sinusMillis,
            double fibrillatingMillis,
            int age,
            double ectopicProbability,
            long fibrillatesFromMillis,
            long fibrillatesToMillis) {}

    private Recorder() {}

    /** The whole intervals that fit into {@code durationMillis}. */
    public static RrSeries record(Draws draws, Heart heart, RecordingDevice device, long durationMillis) {
        SinusBeats sinus = new SinusBeats(draws, heart.sinusMillis(), heart.age());
        FibrillatingBeats fibrillation = new FibrillatingBeats(draws, heart.fibrillatingMillis());
        Ectopy ectopy = new Ectopy(draws, heart.ectopicProbability());
        int[] intervals = new int[(int) (durationMillis / 200)];
        int count = 0;
        int fibrillating = 0;
        double time = 0;
        double stamp = 0;
        while (true) {
            boolean inFibrillation = time >= heart.fibrillatesFromMillis() && time < heart.fibrillatesToMillis();
            time += inFibrillation ? fibrillation.next() : ectopy.apply(sinus.next());
            if (draws.chance(device.missedShare())) {
                time += inFibrillation ? fibrillation.next() : sinus.next();
            }
            double seen = time + draws.normal(0, device.jitterMillis());
            if (seen > durationMillis) {
                return new RrSeries(Arrays.copyOf(intervals, count), (double) fibrillating / count, ectopy.beats());
            }
            intervals[count++] = (int) (Math.round(seen) - Math.round(stamp));
            stamp = seen;
            fibrillating += inFibrillation ? 1 : 0;
        }
    }
}
