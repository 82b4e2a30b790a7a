package eu.sinusnode.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RhythmTableTest {

    private static final String TABLE =
            "record,beat_ms,rr_ms,rhythm\n1,800,800,N\n1,1600,800,AFIB\n1,9000,700,N\n2,700,700,J\n";

    @TempDir
    private Path directory;

    @Test
    void aGapInTimeBeginsANewStretch() throws IOException {
        RhythmTable table = RhythmTable.read(write("table.csv", TABLE));

        assertThat(table.records()).hasSize(2);
        assertThat(table.records().get(0).stretches()).hasSize(2);
        assertThat(table.records().get(0).stretches().get(0).rr()).containsExactly(800, 800);
        assertThat(table.records().get(0).stretches().get(1).rr()).containsExactly(700);
    }

    @Test
    void gzipAndPlainAreTheSameTable() throws IOException {
        Path gzip = directory.resolve("table.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(TABLE.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(RhythmTable.read(gzip).sha256())
                .isEqualTo(RhythmTable.read(write("table.csv", TABLE)).sha256());
    }

    @Test
    void aLineThatIsNotAsItShouldBeIsNamed() throws IOException {
        Path unknownRhythm = write("a.csv", TABLE + "2,1400,700,VT\n");
        Path noHeader = write("b.csv", "1,800,800,N\n");

        assertThatThrownBy(() -> RhythmTable.read(unknownRhythm)).hasMessageContaining("Line 6");
        assertThatThrownBy(() -> RhythmTable.read(noHeader)).hasMessageContaining("record,beat_ms,rr_ms,rhythm");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
