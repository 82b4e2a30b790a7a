package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.training.table.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Beat-to-beat intervals with their rhythm, from a file with the columns {@code record,beat_ms,rr_ms,rhythm}.
 *
 * @param sha256 of the uncompressed table
 * @param leftOut beats without an interval or without a rhythm; the beats around them are not neighbours
 */
public record RhythmTable(String sha256, List<RhythmRecord> records, int leftOut) {

    private static final List<String> RECORD = List.of("record");
    private static final List<String> BEAT = List.of("beat_ms");
    private static final List<String> INTERVAL = List.of("rr_ms");
    private static final List<String> RHYTHM = List.of("rhythm");
    /** How much longer than the intervals around it the time between two beats may be before it counts as a gap. */
    private static final int GAP_TOLERANCE_MS = 10;

    /** @throws IllegalArgumentException naming the column or line that is not as it should be */
    public static RhythmTable read(Path file) throws IOException {
        CsvFile csv = CsvFile.open(file);
        csv.require(List.of(RECORD, INTERVAL, RHYTHM));
        Map<String, Builder> builders = new LinkedHashMap<>();
        int[] leftOut = {0};
        csv.forEach(row -> {
            String record = row.text(RECORD);
            if (record == null) {
                throw new IllegalArgumentException("Line %d of %s names no record".formatted(row.line(), file));
            }
            Builder builder = builders.computeIfAbsent(record, Builder::new);
            double interval = row.number(INTERVAL);
            String rhythm = row.text(RHYTHM);
            if (Double.isNaN(interval) || rhythm == null) {
                leftOut[0]++;
                builder.interrupt();
            } else {
                builder.add(row.number(BEAT), (int) Math.round(interval), Rhythm.of(rhythm));
            }
        });
        return new RhythmTable(
                csv.sha256(), builders.values().stream().map(Builder::build).toList(), leftOut[0]);
    }

    private static final class Builder {
        private final String name;
        private final List<RhythmRecord.Stretch> stretches = new ArrayList<>();
        private int[] rr = new int[1024];
        private String[] rhythm = new String[1024];
        private int length;
        private double previousBeat = Double.NaN;

        Builder(String name) {
            this.name = name;
        }

        /** @param beatMs not a number when the file does not say it; then no gap can be seen */
        void add(double beatMs, int rrMs, String label) {
            if (length > 0 && isGap(beatMs - previousBeat, rrMs)) {
                closeStretch();
            }
            if (length == rr.length) {
                rr = Arrays.copyOf(rr, 2 * length);
                rhythm = Arrays.copyOf(rhythm, 2 * length);
            }
            rr[length] = rrMs;
            rhythm[length++] = label;
            previousBeat = beatMs;
        }

        void interrupt() {
            closeStretch();
        }

        RhythmRecord build() {
            closeStretch();
            return new RhythmRecord(name, List.copyOf(stretches));
        }

        /** An interval may stand with the beat that ends it, as in the training data, or with the one that begins it. */
        private boolean isGap(double between, int rrMs) {
            int longer = Math.max(rrMs, rr[length - 1]);
            return between <= 0 || between > longer + GAP_TOLERANCE_MS;
        }

        private void closeStretch() {
            if (length > 0) {
                stretches.add(new RhythmRecord.Stretch(Arrays.copyOf(rr, length), Arrays.copyOf(rhythm, length)));
            }
            length = 0;
        }
    }
}
