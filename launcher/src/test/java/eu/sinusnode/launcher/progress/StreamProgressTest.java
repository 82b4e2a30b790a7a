package eu.sinusnode.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aTaskThatIsLeftWithoutAResultHasFailed() {
        try (StreamProgress progress = new StreamProgress(stream, false)) {
            try (Progress.Task task = progress.begin("Keycloak")) {
                task.note("starting");
            }
            try (Progress.Task task = progress.begin("Server")) {
                task.done("ready");
            }
        }
        assertThat(text())
                .contains("failed Keycloak")
                .contains("ok    Server: ready")
                .doesNotContain("failed Server");
    }

    @Test
    void elsewhereThanOnATerminalALineComesAfterTwoSecondsAndThenEveryTen() {
        long start = System.nanoTime();
        try (StreamProgress progress = new StreamProgress(stream, false)) {
            Progress.Task task = progress.begin("Load", 200);
            task.advance(50);
            for (int second = 1; second <= 21; second++) {
                progress.paintOnce(start + second * 1_000_000_000L + 500_000_000L);
            }
            task.done("200 patients");
        }
        assertThat(text().lines().filter(line -> line.contains("25 %"))).hasSize(3);
        assertThat(text()).doesNotContain("\r");
    }

    @Test
    void onATerminalRunningTasksShareOneLine() {
        try (StreamProgress progress = new StreamProgress(stream, true)) {
            Progress.Task first = progress.begin("Keycloak");
            Progress.Task second = progress.begin("Server");
            progress.paintOnce(System.nanoTime());
            first.done("a");
            second.done("b");
        }
        assertThat(text()).contains("Keycloak 0 s | Server 0 s");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
