package eu.sinusnode.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.progress.StreamProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryCommand() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(text(out))
                .contains(
                        "demo",
                        "up",
                        "status",
                        "down",
                        "token",
                        "job",
                        "model",
                        "index",
                        "residency",
                        "sample-data",
                        "SINUSNODE_PORT");
    }

    @Test
    void withoutACommandItSaysHowToUseIt() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(text(err)).contains("./sinusnode demo");
    }

    @Test
    void aTroubleIsASentenceAndARemedyWithoutAStack() {
        assertThat(run(Map.of("SINUSNODE_PORT", "eight"), "up")).isEqualTo(1);
        assertThat(text(err))
                .contains("SINUSNODE_PORT is 'eight'", "Set it to a number")
                .doesNotContain("\tat ");
    }

    @Test
    void verboseShowsTheStack() {
        assertThat(run(Map.of("SINUSNODE_PORT", "eight"), "up", "--verbose")).isEqualTo(1);
        assertThat(text(err)).contains("\tat eu.sinusnode.launcher.home.Ports");
    }

    @Test
    void anUnknownCallerIsTold() {
        assertThat(run(Map.of(), "token", "../../root")).isEqualTo(1);
        assertThat(text(err)).contains("sinusnode: ").doesNotContain("\tat ");
    }

    @Test
    void aCohortThatCannotBeIsRefusedBeforeAnythingStarts() {
        assertThat(run(Map.of(), "demo", "--patients", "0")).isEqualTo(1);
        assertThat(text(err)).contains("patients must be 1 to 120000");
        assertThat(directory.resolve("cohort")).doesNotExist();
    }

    @Test
    void aModelCommandOfWhatIsNotBuiltIsAReasonAndARemedy() {
        assertThat(run(Map.of(), "model", "evaluate", "af", "--data", "nowhere.csv"))
                .isEqualTo(1);
        assertThat(text(err))
                .contains("analysis-jobs has not been built", "mvn package")
                .doesNotContain("\tat ");
    }

    @Test
    void sampleDataAreWrittenWithoutAnythingRunning() {
        Path cohort = directory.resolve("elsewhere");

        assertThat(run(
                        Map.of(),
                        "sample-data",
                        "generate",
                        "--patients",
                        "1",
                        "--weeks",
                        "1",
                        "--out",
                        cohort.toString()))
                .isZero();
        assertThat(cohort.resolve("directory.json")).exists();
        assertThat(text(err)).contains("1 patients", "labels of truth");
    }

    @Test
    void sampleDataThatCannotBeWrittenAreAReasonAndARemedy() throws IOException {
        Path file = Files.writeString(directory.resolve("a-file"), "");

        assertThat(run(Map.of(), "sample-data", "generate", "--patients", "1", "--out", file.toString()))
                .isEqualTo(1);
        assertThat(text(err))
                .contains("The cohort could not be written to " + file, "Make room")
                .doesNotContain("\tat ");
    }

    private int run(Map<String, String> environment, String... arguments) {
        Properties properties = new Properties();
        properties.setProperty("sinusnode.repository", directory.toString());
        properties.setProperty("sinusnode.home", directory.toString());
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        try (StreamProgress progress = new StreamProgress(errors, false)) {
            Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), errors, progress);
            return Commands.execute(terminal, () -> Installation.of(properties, environment), arguments);
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
