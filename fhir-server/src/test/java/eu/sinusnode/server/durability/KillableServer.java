package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.residency.TestResidency;
import eu.sinusnode.server.testing.TestJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A server and the embedded PostgreSQL of its state directory, each in processes of its own, to be killed and started again. */
final class KillableServer implements AutoCloseable {

    static final Path FOLDER = TestJvm.folder("kills-it").toAbsolutePath();

    static final Path IMPORTS = FOLDER.resolve("imports");

    private static final Path HOME = FOLDER.resolve("home");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int KILLED = 128 + 9;

    private final int port = TestPostgres.freePort();
    private final int postgresPort = TestPostgres.freePort();
    private final PostgresControl postgres = new PostgresControl(HOME, postgresPort);
    private @Nullable RunningPostgres database;
    private @Nullable Process process;
    private volatile HttpClient http = client();

    /** On an empty state directory. */
    void start() throws IOException, InterruptedException {
        postgres.stop();
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        TestResidency.ofThisMachine(HOME);
        startPostgres();
        startServer();
    }

    String base() {
        return "http://127.0.0.1:" + port + "/fhir";
    }

    Connection connect() throws SQLException {
        RunningPostgres running = Objects.requireNonNull(database);
        return DriverManager.getConnection(running.url("sinusnode"), "sinusnode", running.password("sinusnode"));
    }

    /** @param path below the FHIR base */
    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/fhir+json");
    }

    static String json(Resource resource) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    }

    /** @throws IOException when the answer did not come, or not to its end */
    Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), answer);
    }

    /** Stores records as the loader does. */
    void load(Bundle bundle) throws IOException, InterruptedException {
        Answer answer = send(request("", Writer.loader(this))
                .POST(BodyPublishers.ofString(json(bundle)))
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    void killServer() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        // Kill -9, as the kernel does it when memory is short; a Process's own method would close its streams too.
        running.toHandle().destroyForcibly();
        assertThat(running.waitFor()).as("killed by signal 9").isEqualTo(KILLED);
    }

    void startServer() throws IOException, InterruptedException {
        Path log = FOLDER.resolve("server.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-Duser.timezone=" + System.getProperty("user.timezone"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        "--server.port=" + port,
                        "--sinusnode.tls.port=0",
                        "--sinusnode.home=" + HOME,
                        "--sinusnode.postgres.port=" + postgresPort,
                        "--sinusnode.import.folder=" + IMPORTS,
                        "--sinusnode.import.lines-per-transaction=50",
                        "--sinusnode.import.lease=3s",
                        "--sinusnode.rate-limits.per-person=10000000",
                        "--sinusnode.rate-limits.failures-per-address=10000000",
                        "--sinusnode.limits.request-time=60s")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        http = client();
        awaitReady();
    }

    void killPostgres() {
        TestPostgres.kill(HOME);
    }

    void startPostgres() {
        database = postgres.start();
        assertThat(database.adopted()).as("PostgreSQL was not running").isFalse();
    }

    /** Until the server says so itself. */
    void awaitReady() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        HttpRequest readiness = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(30))
                .build();
        Instant latest = Instant.now().plus(PATIENCE);
        while (true) {
            assertThat(running.isAlive()).as("the server runs; see server.log").isTrue();
            assertThat(Instant.now()).as("when the server is ready").isBefore(latest);
            try {
                if (http.send(readiness, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It listens last of all.
            }
            Thread.sleep(100);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        postgres.stop();
    }
}
