package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SampleDataTest {

    @TempDir
    Path directory;

    private final StringWriter messages = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine = SampleData.commandLine();
        commandLine.setErr(new PrintWriter(messages));
        return commandLine.execute(arguments);
    }

    @Test
    void generatesAndSaysWhat() {
        int exitCode = run("generate", "--patients", "2", "--weeks", "1", "--out", directory.toString());

        assertThat(exitCode).isZero();
        assertThat(new CohortFiles(directory).isComplete()).isTrue();
        assertThat(messages).asString().contains("2 patients", "vital readings", "readings/s");
        assertThat(messages).asString().contains("labels of truth").containsPattern("blood pressure +[1-9]");
    }

    @Test
    void theDevicesOfTheHeartAloneTellNothingOfSteps() {
        run("generate", "--patients", "2", "--weeks", "1", "--devices", "HEART", "--out", directory.toString());

        assertThat(messages).asString().contains("heart rate", "0 activities").doesNotContain("steps");
    }

    @Test
    void noThreadsAreRefusedWithTheRange() {
        int exitCode = run("generate", "--threads", "0", "--out", directory.toString());

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(messages).asString().contains("--threads must be 1 to 64, not 0");
        assertThat(new CohortFiles(directory).isComplete()).isFalse();
    }

    @Test
    void anEndInTheFutureIsRefused() {
        int exitCode = run("generate", "--end", "2999-01-01", "--out", directory.toString());

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(messages).asString().contains("2999-01-01 lies in the future");
        assertThat(new CohortFiles(directory).isComplete()).isFalse();
    }

    @Test
    void tooManyPatientsAreRefusedWithTheRange() {
        int exitCode = run("generate", "--patients", "120001", "--out", directory.toString());

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(messages).asString().contains("patients must be 1 to 120000, not 120001");
    }

    @Test
    void withoutACommandItNamesOne() {
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(messages).asString().contains("generate");
    }
}
