package eu.sinusnode.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.AnalysisJobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user types them. */
class ModelCommandTest {

    @TempDir
    private Path directory;

    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(usualOut);
        System.setErr(usualErr);
    }

    @Test
    void theLastLineOfAnEvaluationOfOtherPeoplesRecordsIsOneObjectOfFigures() throws IOException {
        assertThat(run("evaluate", "af", "--data", rhythms().toString())).isZero();

        JsonNode figures = lastLine();
        assertThat(figures.path("name").asText()).isEqualTo("af");
        assertThat(figures.path("split").asText()).isEqualTo("other-records");
        assertThat(figures.path("n").asInt()).isEqualTo(100);
        assertThat(figures.path("positives").asInt()).isEqualTo(50);
        assertThat(figures.path("auc").path("value").asDouble()).isGreaterThan(0.95);
        assertThat(figures.path("windows").path("byRhythm").path("SVTA").asInt())
                .isEqualTo(50);
        assertThat(text(err)).contains("scoring 2 records");
    }

    @Test
    void anotherHospitalsTableMeetsTheShippedModelWhateverItLacks() throws IOException {
        // Made up. Cholesterol 0 and pressure 0 are how missing ones stand in other hospitals' tables.
        Path table = Files.writeString(directory.resolve("hospital.csv"), """
                num,cp,thalach,exang,oldpeak,age,sex,chol,trestbps,thal,ward
                3,4,108,1,2.5,67,1,0,160,normal,A
                0,3,172,0,0.0,41,0,204,0,?,B
                1,4,129,1,2.6,61,1,0,120,0,A
                0,2,178,?,0.8,56,0,236,120,3,B
                ?,2,178,0,0.8,56,0,236,120,3,B
                """);

        assertThat(run("evaluate", "coronary", "--data", table.toString())).isZero();

        JsonNode figures = lastLine();
        assertThat(figures.path("split").asText()).isEqualTo("other-data");
        assertThat(figures.path("n").asInt()).isEqualTo(4);
        assertThat(figures.path("positives").asInt()).isEqualTo(2);
        assertThat(figures.path("unlabelled").asInt()).isEqualTo(1);
        assertThat(figures.path("auc").path("value").asDouble()).isEqualTo(1);
        assertThat(figures.path("missing").path("fasting glucose").asDouble()).isEqualTo(1);
        assertThat(figures.path("missing").path("cholesterol").asDouble()).isEqualTo(0.5);
        assertThat(figures.path("refused").path("resting blood pressure").asInt())
                .isEqualTo(1);
    }

    @Test
    void trainingTwiceGivesTheSameBytes() throws IOException {
        String data = rhythms().toString();
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");

        assertThat(run("train", "af", "--data", data, "--out", one.toString())).isZero();
        assertThat(run("train", "af", "--data", data, "--out", other.toString()))
                .isZero();

        for (String file : List.of("af-rr-logistic.model", "af-rr-logistic.json")) {
            assertThat(one.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
        }
    }

    @Test
    void withoutDataTheShippedFiguresAreGivenAndCalledSo() throws IOException {
        assertThat(run("evaluate", "af")).isZero();

        assertThat(lastLine().path("split").asText()).isEqualTo("leave-one-record-out");
        assertThat(text(err)).contains("not measured now");
    }

    @Test
    void theListNamesEachModelWithItsHash() {
        assertThat(run("list")).isZero();
        assertThat(text(out))
                .contains("af ", "af-rr-logistic", "coronary ", "coronary-bedside-logistic")
                .containsPattern("[0-9a-f]{64}");
    }

    @Test
    void theCardIsPrinted() {
        assertThat(run("card", "af")).isZero();
        assertThat(text(out)).startsWith("# Model card").contains("0.9885 (0.9717 to 0.9983)");
    }

    @Test
    void whatDoesNotFitIsOneSentenceAndNoStack() throws IOException {
        Path other = Files.writeString(directory.resolve("other.csv"), "a,b\n1,2\n");

        assertThat(run("evaluate", "af", "--data", other.toString())).isEqualTo(1);
        assertThat(run("evaluate", "ag", "--data", other.toString())).isEqualTo(1);
        assertThat(run("train", "af", "--out", directory.toString())).isEqualTo(1);
        assertThat(run("train", "af", "--data", directory.resolve("nowhere").toString(), "--out", "x"))
                .isEqualTo(1);
        assertThat(text(err))
                .contains(
                        "has no column record",
                        "There is no model ag; there are af, coronary, pressure, decompensation",
                        "needs --data FILE",
                        "There is no file")
                .doesNotContain("\tat ");
    }

    /** Record a: regular; record b: irregular and labelled atrial fibrillation; 50 windows each. */
    private Path rhythms() throws IOException {
        StringBuilder table = new StringBuilder("rhythm,rr_ms,record\n");
        Random random = new Random(5);
        for (int i = 0; i < 1500; i++) {
            table.append("(SVTA,").append(780 + random.nextInt(50)).append(",a\n");
            table.append("(AFIB,").append(450 + random.nextInt(650)).append(",b\n");
        }
        return Files.writeString(directory.resolve("rhythms.csv"), table);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "model";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return AnalysisJobs.run(all);
    }

    private JsonNode lastLine() throws IOException {
        String[] lines = text(out).strip().split("\n");
        return new ObjectMapper().readTree(lines[lines.length - 1]);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
