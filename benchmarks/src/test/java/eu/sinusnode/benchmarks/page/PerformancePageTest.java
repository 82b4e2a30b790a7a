package eu.sinusnode.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page in docs/performance is the one that the kept results give. */
class PerformancePageTest {

    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();

    @Test
    void thePageIsMadeOfTheResultsThatAreKept() throws IOException {
        for (Map.Entry<String, String> page : PageCommand.pages(REPOSITORY).entrySet()) {
            Path file = REPOSITORY.resolve("docs/performance").resolve(page.getKey());
            assertThat(file).as("run ./sinusnode bench page").exists();
            assertThat(Files.readString(file)).as("run ./sinusnode bench page").isEqualTo(page.getValue());
        }
    }
}
