package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.model.ModelFiles;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The training table: CSV, plain or gzip, with the columns {@code record,beat_ms,rr_ms,rhythm}.
 *
 * @param sha256 of the uncompressed table
 */
public record RhythmTable(String sha256, List<RhythmRecord> records) {

    private static final String HEADER = "record,beat_ms,rr_ms,rhythm";
    /** How far a beat's time may differ from its predecessor's plus the interval before it counts as a gap. */
    private static final int GAP_TOLERANCE_MS = 10;

    /** @throws IllegalArgumentException naming the line that is not as it should be */
    public static RhythmTable read(Path file) throws IOException {
        byte[] table = bytes(file);
        Map<String, Builder> builders = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(table), StandardCharsets.UTF_8))) {
            if (!HEADER.equals(lines.readLine())) {
                throw new IllegalArgumentException("%s does not begin with the line %s".formatted(file, HEADER));
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                add(builders, line, number);
            }
        }
        return new RhythmTable(
                ModelFiles.sha256(table),
                builders.values().stream().map(Builder::build).toList());
    }

    private static void add(Map<String, Builder> builders, String line, int number) {
        String[] cells = line.split(",", -1);
        try {
            if (cells.length != 4) {
                throw new IllegalArgumentException("four columns are needed");
            }
            builders.computeIfAbsent(cells[0], Builder::new)
                    .add(Long.parseLong(cells[1]), Integer.parseInt(cells[2]), Rhythm.valueOf(cells[3]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Line %d is not record,beat_ms,rr_ms,rhythm: %s".formatted(number, line), e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        byte[] stored = Files.readAllBytes(file);
        boolean gzip = stored.length > 2 && (stored[0] & 0xff) == 0x1f && (stored[1] & 0xff) == 0x8b;
        if (!gzip) {
            return stored;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return in.readAllBytes();
        }
    }

    private static final class Builder {
        private final String name;
        private final List<RhythmRecord.Stretch> stretches = new ArrayList<>();
        private final List<Integer> rr = new ArrayList<>();
        private final List<Rhythm> rhythm = new ArrayList<>();
        private long previousBeat = Long.MIN_VALUE;

        Builder(String name) {
            this.name = name;
        }

        void add(long beatMs, int rrMs, Rhythm label) {
            boolean gap = previousBeat != Long.MIN_VALUE && Math.abs(beatMs - previousBeat - rrMs) > GAP_TOLERANCE_MS;
            if (gap) {
                closeStretch();
            }
            rr.add(rrMs);
            rhythm.add(label);
            previousBeat = beatMs;
        }

        RhythmRecord build() {
            closeStretch();
            return new RhythmRecord(name, List.copyOf(stretches));
        }

        private void closeStretch() {
            if (!rr.isEmpty()) {
                stretches.add(new RhythmRecord.Stretch(
                        rr.stream().mapToInt(Integer::intValue).toArray(), rhythm.toArray(Rhythm[]::new)));
            }
            rr.clear();
            rhythm.clear();
        }
    }
}
