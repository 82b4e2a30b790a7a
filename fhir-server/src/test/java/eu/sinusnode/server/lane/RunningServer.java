package eu.sinusnode.server.lane;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.SinusNodeServer;
import eu.sinusnode.server.http.ReadableTokens;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.testing.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole server on a database and in a folder of its own, one at a time, called over HTTP. */
final class RunningServer implements AutoCloseable {

    static final String CENTRE = "00000000-0000-4000-8000-0000000000c0";

    private final ConfigurableApplicationContext context;
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningServer(ConfigurableApplicationContext context, String base) {
        this.context = context;
        this.base = base;
    }

    /** @param settings further ones, {@code --name=value} */
    static RunningServer start(String... settings) {
        TestPostgres.TestDatabase database = TestPostgres.emptyDatabase();
        int port = freePort();
        String base = "http://127.0.0.1:" + port + "/fhir";
        ConfigurableApplicationContext context = new SpringApplicationBuilder(
                        SinusNodeServer.class, ReadableTokens.class)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=" + port,
                                        "--sinusnode.tls.port=0",
                                        "--sinusnode.home=" + TestJvm.emptied("lane-server"),
                                        "--sinusnode.database.url=" + database.url(),
                                        "--sinusnode.database.username=" + database.username(),
                                        "--sinusnode.database.password=" + database.password()),
                                Stream.of(settings))
                        .toArray(String[]::new));
        return new RunningServer(context, base);
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(context.getBean(DataSource.class));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> get(String token, String pathAndQuery) throws IOException, InterruptedException {
        return http.send(request(token, pathAndQuery).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<java.io.InputStream> open(String token, String pathAndQuery) throws IOException, InterruptedException {
        return http.send(request(token, pathAndQuery).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<String> put(String token, Resource resource) throws IOException, InterruptedException {
        return send(
                token,
                "PUT",
                "/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart(),
                resource);
    }

    HttpResponse<String> transaction(String token, Resource bundle) throws IOException, InterruptedException {
        return send(token, "POST", "", bundle);
    }

    private HttpResponse<String> send(String token, String method, String path, Resource body)
            throws IOException, InterruptedException {
        String json = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(body);
        return http.send(
                request(token, path)
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .header("Content-Type", "application/fhir+json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String token, String pathAndQuery) {
        URI uri = pathAndQuery.startsWith("http") ? URI.create(pathAndQuery) : URI.create(base + pathAndQuery);
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    }

    /** A token with every scope of its kind. */
    String token(CallerKind kind, String client, @Nullable String organization) {
        return ReadableTokens.token(
                base, kind, client, organization == null ? Map.of() : Map.of("organization", organization));
    }

    @Override
    public void close() {
        context.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
