package eu.sinusnode.analysis.training.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CasesTest {

    @TempDir
    private Path directory;

    @Test
    void columnsAreFoundByAnyOfTheirNamesInAnyOrder() throws IOException {
        Cases one = read("signal,noise,colour,ill,sex\n1.5,2,1,0,1\n-1,0,3,4,0\n");
        Cases other = read("extra;outcome;SEX;color;noise;signal\nx;4;female;3.0;0;-1\ny;0;M;1;2.0;1.5\n");

        assertThat(one.rowsSha256()).isEqualTo(other.rowsSha256());
        assertThat(one.rows().get(1).positive()).isTrue();
        assertThat(other.rows().get(0).groups()).containsEntry("sex", "women");
    }

    @Test
    void whatIsMissingOrCannotBeIsNoNumber() throws IOException {
        Cases cases = read("signal,colour,ill\n?,1,0\n,2,1\n-999,0,1\nNA,9,0\n");

        assertThat(cases.rows()).allMatch(row -> Double.isNaN(row.inputs()[0]) && Double.isNaN(row.inputs()[1]));
        assertThat(cases.rows().get(0).inputs()[2]).isEqualTo(1);
        assertThat(cases.rows().get(1).inputs()[2]).isZero();
        assertThat(cases.refused()).containsEntry("colour", 2).containsEntry("signal", 1);
    }

    @Test
    void rowsWithoutAnOutcomeAreLeftOutAndCounted() throws IOException {
        Cases cases = read("signal,ill\n1,?\n2,-9\n3,1\n");

        assertThat(cases.rows()).hasSize(1);
        assertThat(cases.unlabelled()).isEqualTo(2);
    }

    @Test
    void rowsOfOnePatientBelongTogether() throws IOException {
        assertThat(read("patient,signal,ill\na,1,0\na,2,1\nb,3,1\n").patients()).containsExactly("a", "b");
        assertThat(read("signal,ill\n1,0\n2,1\n").patients()).hasSize(2);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> read("signal,noise\n1,2\n")).hasMessageContaining("no column ill or outcome");
        assertThatThrownBy(() -> read("a,ill\n1,1\n")).hasMessageContaining("no column signal, no column noise");
        assertThatThrownBy(() -> read("signal,ill\nhigh,1\n")).hasMessageContaining("must be a number, not high");
        assertThatThrownBy(() -> read("signal,ill\n1,\n")).hasMessageContaining("no row with an outcome");
        assertThatThrownBy(() -> read("signal,signal,ill\n1,1,1\n")).hasMessageContaining("two columns signal");
    }

    private Cases read(String table) throws IOException {
        return Cases.read(Files.writeString(directory.resolve("table.csv"), table), Designs.small());
    }
}
