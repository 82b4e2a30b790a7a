package eu.sinusnode.server.container;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.residency.TestResidency;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** A Java that is linked of the image's modules alone starts the server, and the image's probe says when it is ready. */
class SmallRuntimeIT {

    private static final Path RECIPE =
            Path.of("..", "deploy", "container").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("target", "container-it").toAbsolutePath();
    private static final Path HOME = FOLDER.resolve("home");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final int port = TestPostgres.freePort();
    private final int postgresPort = TestPostgres.freePort();
    private final PostgresControl postgres = new PostgresControl(HOME, postgresPort);
    private @Nullable Process server;

    @BeforeEach
    void link() throws Exception {
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        List<String> modules = Files.readAllLines(RECIPE.resolve("modules.txt"));
        Process jlink = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        String.join(",", modules),
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        FOLDER.resolve("java").toString())
                .inheritIO()
                .start();
        assertThat(jlink.waitFor()).as("jlink").isZero();
        TestResidency.ofThisMachine(HOME);
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.destroyForcibly().onExit().join();
        }
        postgres.stop();
    }

    @Test
    void theServerStartsAndTheProbeSeesIt() throws Exception {
        assertThat(probe()).as("before anything listens").isNotZero();
        Process started = start();
        server = started;

        Instant latest = Instant.now().plus(PATIENCE);
        while (probe() != 0) {
            assertThat(started.isAlive())
                    .as("the server runs; see " + FOLDER + "/server.log")
                    .isTrue();
            assertThat(Instant.now()).as("when the server is ready").isBefore(latest);
            Thread.sleep(500);
        }
        assertThat(metadata()).as("status of the CapabilityStatement").isEqualTo(200);
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                FOLDER.resolve("java/bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "eu.sinusnode.server.SinusNodeServer",
                "--server.port=" + port,
                "--sinusnode.tls.port=0",
                "--sinusnode.home=" + HOME,
                "--sinusnode.postgres.port=" + postgresPort));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("server.log").toFile())
                .start();
    }

    /** @return the exit code of the image's health check */
    private int probe() throws IOException, InterruptedException {
        ProcessBuilder probe = new ProcessBuilder(
                        "bash", RECIPE.resolve("ready.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        probe.environment().put("SINUSNODE_PORT", Integer.toString(port));
        return probe.start().waitFor();
    }

    private int metadata() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/fhir/metadata"))
                .timeout(Duration.ofMinutes(1))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
