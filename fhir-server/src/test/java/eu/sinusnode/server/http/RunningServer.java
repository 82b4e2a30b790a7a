package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.SinusNodeServer;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.postgres.TestPostgres.TestDatabase;
import eu.sinusnode.server.residency.TestResidency;
import eu.sinusnode.server.testing.TestJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One server for all tests that extend this; each test uses patients of its own. */
@SpringBootTest(classes = SinusNodeServer.class, webEnvironment = WebEnvironment.DEFINED_PORT)
@AutoConfigureObservability(tracing = false)
@Import(TestKeys.class)
public abstract class RunningServer {

    public static final Path HOME = TestJvm.emptied("server-it");
    public static final Path IMPORTS = TestJvm.folder("server-it-imports");
    private static final int PORT = TestPostgres.freePort();
    private static final TestDatabase DATABASE = TestPostgres.emptyDatabase();
    private static final AtomicBoolean DIRECTORY_LOADED = new AtomicBoolean();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static final String ORIGIN = "http://127.0.0.1:" + PORT;
    /** The one origin whose pages may call the server. */
    public static final String APP_ORIGIN = "https://app.example.org";

    /** The video service that people are led to. */
    public static final String VIDEO = "https://video.sinusnode.test/room";

    public static final String BASE = ORIGIN + "/fhir";
    public static final TestTokens TOKENS = new TestTokens(BASE);

    @Autowired
    protected JdbcTemplate database;

    @DynamicPropertySource
    public static void properties(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        TestResidency.signed(HOME, "login.sinusnode.test");
        registry.add("sinusnode.home", () -> HOME);
        registry.add("sinusnode.tls.port", () -> 0);
        registry.add("sinusnode.database.url", DATABASE::url);
        registry.add("sinusnode.database.username", DATABASE::username);
        registry.add("sinusnode.database.password", DATABASE::password);
        registry.add("sinusnode.oauth.issuer", () -> TestTokens.ISSUER);
        registry.add("sinusnode.video.url", () -> VIDEO);
        registry.add("sinusnode.cors.origins", () -> APP_ORIGIN);
        // Thousands of attacks from one address; what the limits do has a test of its own.
        registry.add("sinusnode.rate-limits.per-person", () -> 10_000_000);
        registry.add("sinusnode.rate-limits.failures-per-address", () -> 10_000_000);
        // The machine of the tests is slow, and the first write prepares the validator.
        registry.add("sinusnode.limits.request-time", () -> "60s");
        // Small enough that a few patients are several ranges and files, and that a dead run is noticed soon.
        registry.add("sinusnode.export.patients-per-range", () -> 2);
        registry.add("sinusnode.export.patients-per-file", () -> 3);
        registry.add("sinusnode.export.lease", () -> "6s");
        // So few that a file is several transactions.
        registry.add("sinusnode.import.folder", () -> IMPORTS);
        registry.add("sinusnode.import.lines-per-transaction", () -> 5);
        registry.add("sinusnode.import.refused-per-file", () -> 40);
        // Who tests it looks by hand; nothing becomes another version in between.
        registry.add("sinusnode.sign-off.look-every", () -> "1d");
        registry.add("logging.structured.format.console", () -> "");
    }

    @BeforeEach
    protected void directory() {
        if (DIRECTORY_LOADED.compareAndSet(false, true)) {
            load(Records.directory());
        }
    }

    public static void load(Bundle bundle) {
        Answer answer = post("", TOKENS.loader(), bundle);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    public static Answer get(String path, @Nullable String token) {
        return send(request(path, token).GET());
    }

    public static Answer post(String path, String token, Resource resource) {
        return post(path, token, json(resource));
    }

    public static Answer post(String path, String token, String body) {
        return post(path, token, BodyPublishers.ofString(body));
    }

    public static Answer post(String path, String token, BodyPublisher body) {
        return send(request(path, token)
                .header("Content-Type", "application/fhir+json")
                .POST(body));
    }

    public static Answer put(String path, String token, Resource resource) {
        return send(request(path, token)
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(json(resource))));
    }

    public static String json(Resource resource) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    }

    /** @param path below the FHIR base with its leading slash, or an absolute URL */
    public static HttpRequest.Builder request(String path, @Nullable String token) {
        URI uri = URI.create(path.startsWith("http") ? path : BASE + path);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2));
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    public static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new IllegalStateException("The server did not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    protected long stored(String resourceType) {
        Long count = database.queryForObject(
                "SELECT count(*) FROM hfj_resource WHERE res_type = ? AND res_deleted_at IS NULL",
                Long.class,
                resourceType);
        return count == null ? 0 : count;
    }
}
