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
    void whatDoesNotFitIsNamed() throws IOException {
        assertThatThrownBy(() -> RhythmTable.read(write("a.csv", TABLE + "2,1400,long,N\n")))
                .hasMessageContaining("Line 6")
                .hasMessageContaining("rr_ms must be a number, not long");
        assertThatThrownBy(() -> RhythmTable.read(write("b.csv", "1,800,800,N\n")))
                .hasMessageContaining("no column record")
                .hasMessageContaining("its first line names 1, 800");
        assertThatThrownBy(() -> RhythmTable.read(write("c.csv", TABLE + "2,1400\n")))
                .hasMessageContaining("has 2 cells");
        assertThatThrownBy(() -> RhythmTable.read(write("d.csv", ""))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> RhythmTable.read(directory.resolve("e.csv"))).hasMessageContaining("no file");
    }

    @Test
    void columnsOfOtherOrdersAndSpellingsOfOtherDatabasesAreTheSameTable() throws IOException {
        String other = "\ufeffRhythm;extra;rr_ms;record;beat_ms\r\n(N;x;800;1;800\r\n(AFIB;x;800.2;1;1600\r\n"
                + "NSR;x;700;1;9000\r\n\"(NOD\";x;700;2;700\r\n";

        assertThat(RhythmTable.read(write("other.csv", other)).records())
                .usingRecursiveComparison()
                .isEqualTo(RhythmTable.read(write("table.csv", TABLE)).records());
    }

    @Test
    void aRhythmThatTheTrainingDataDoesNotHaveKeepsItsName() throws IOException {
        RhythmTable table = RhythmTable.read(write("table.csv", TABLE + "2,1400,700,(SVTA\n2,2100,700,b\n"));

        assertThat(table.records().get(1).stretches().get(0).rhythm()).containsExactly("J", "SVTA", "B");
    }

    @Test
    void beatsWithoutIntervalOrRhythmAreCountedAndPartTheirNeighbours() throws IOException {
        RhythmTable table = RhythmTable.read(write("table.csv", TABLE + "2,1400,?,N\n2,2100,700,\n2,2800,700,N\n"));

        assertThat(table.leftOut()).isEqualTo(2);
        assertThat(table.records().get(1).stretches()).hasSize(2);
    }

    @Test
    void withoutTimesOfBeatsThereAreNoGaps() throws IOException {
        RhythmTable table = RhythmTable.read(write("table.csv", "record,rr_ms,rhythm\n1,800,N\n1,400,N\n"));

        assertThat(table.records().get(0).stretches()).hasSize(1);
    }

    @Test
    void anIntervalMayStandWithTheBeatThatBeginsIt() throws IOException {
        String begins = "record,beat_ms,rr_ms,rhythm\n1,0,400,N\n1,400,900,N\n1,1300,500,N\n1,1800,700,N\n";

        assertThat(RhythmTable.read(write("begins.csv", begins))
                        .records()
                        .get(0)
                        .stretches())
                .hasSize(1);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
