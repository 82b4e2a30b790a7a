package eu.sinusnode.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path directory;

    @Test
    void theLastErrorOfAStructuredLogExplainsTheEnd() throws Exception {
        LogFile log = log("""
                {"log":{"level":"INFO"},"message":"starting"}
                {"log":{"level":"ERROR"},"message":"\\n***\\nAPPLICATION FAILED\\n***\\n\\nPort taken"}
                {"log":{"level":"WARN"},"message":"leaving"}
                """);

        assertThat(log.lastWords()).isEqualTo("APPLICATION FAILED Port taken");
    }

    @Test
    void elseTheLastLinesDo() throws Exception {
        LogFile log = log("a\nb\n\tat somewhere\nc\n\nd\n");

        assertThat(log.lastWords()).isEqualTo("b / c / d");
    }

    @Test
    void aMissingLogSaysNothing() {
        assertThat(new LogFile(directory.resolve("none")).lastWords()).isEmpty();
    }

    @Test
    void anEarlierLogIsPutAside() throws Exception {
        LogFile log = log("old");
        log.turn();
        assertThat(log.path()).doesNotExist();
        assertThat(directory.resolve("some.log.1")).hasContent("old");
    }

    private LogFile log(String text) throws Exception {
        return new LogFile(Files.writeString(directory.resolve("some.log"), text));
    }
}
