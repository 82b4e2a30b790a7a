package eu.sinusnode.analysis.training;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records as another device or another heart might have given them: other steps of time, and extra beats. The models are
 * not fitted to any of it; it shows how far the figures carry.
 *
 * @param name of the row in the figures
 */
record Disturbance(String name, UnaryOperator<RhythmRecord> of) {

    /** The training data's own step of time: 250 samples a second. */
    private static final double OWN_STEP_MS = 4;
    /** An extra beat comes after this share of the usual interval; the pause behind it makes up for it. */
    private static final double COUPLING = 0.65;

    static List<Disturbance> all() {
        return List.of(
                new Disturbance("time in steps of 1 ms", record -> resampled(record, null)),
                new Disturbance("360 samples a second", record -> resampled(record, 360)),
                new Disturbance("128 samples a second", record -> resampled(record, 128)),
                new Disturbance("2 % extra beats in N", record -> withExtraBeats(record, 0.02)),
                new Disturbance("5 % extra beats in N", record -> withExtraBeats(record, 0.05)),
                new Disturbance("10 % extra beats in N", record -> withExtraBeats(record, 0.10)));
    }

    RhythmTable of(RhythmTable table) {
        return new RhythmTable(table.sha256(), table.records().stream().map(of).toList(), table.leftOut());
    }

    /** Each beat is somewhere in its sample; where, is drawn. Then time is cut into the other device's samples. */
    private static RhythmRecord resampled(RhythmRecord record, @Nullable Integer rate) {
        Random random = random(record);
        double step = rate == null ? 1 : 1000.0 / rate;
        return each(record, stretch -> {
            int[] rr = new int[stretch.rr().length];
            double time = 0;
            double previous = 0;
            for (int i = 0; i < rr.length; i++) {
                time += stretch.rr()[i];
                double beat = Math.round((time + OWN_STEP_MS * (random.nextDouble() - 0.5)) / step) * step;
                rr[i] = (int) Math.round(beat - previous);
                previous = beat;
            }
            return new RhythmRecord.Stretch(rr, stretch.rhythm());
        });
    }

    private static RhythmRecord withExtraBeats(RhythmRecord record, double share) {
        Random random = random(record);
        return each(record, stretch -> {
            int[] rr = stretch.rr().clone();
            for (int i = 0; i + 1 < rr.length; i++) {
                boolean extra = random.nextDouble() < share;
                if (extra && Rhythm.N.equals(stretch.rhythm()[i]) && Rhythm.N.equals(stretch.rhythm()[i + 1])) {
                    int early = (int) Math.round(rr[i] * (1 - COUPLING));
                    rr[i] -= early;
                    rr[i + 1] += early;
                    i++;
                }
            }
            return new RhythmRecord.Stretch(rr, stretch.rhythm());
        });
    }

    private static RhythmRecord each(RhythmRecord record, UnaryOperator<RhythmRecord.Stretch> change) {
        return new RhythmRecord(
                record.name(), record.stretches().stream().map(change).toList());
    }

    /** Each record's own, so that it does not depend on which others there are. */
    private static Random random(RhythmRecord record) {
        return new Random(Arrays.hashCode(record.name().toCharArray()));
    }
}
