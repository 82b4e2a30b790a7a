package eu.sinusnode.analysis.training;

import java.util.List;

/**
 * One long recording: RR intervals in ms with the annotated rhythm of each.
 *
 * @param name the record's name in the data set; one patient
 * @param stretches runs of beats without a gap in time
 */
public record RhythmRecord(String name, List<Stretch> stretches) {

    /** @param rr intervals in ms; {@code rhythm} ({@link Rhythm}) has the same length. Neither is to be changed. */
    public record Stretch(int[] rr, String[] rhythm) {}
}
