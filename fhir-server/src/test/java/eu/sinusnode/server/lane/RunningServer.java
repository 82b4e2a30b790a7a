package eu.sinusnode.server.lane;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.SinusNodeServer;
import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.security.TokenStanding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The whole server on a database of its own, called over HTTP. Tokens are their claims; no issuer takes part. */
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

    /** The token is the Base64 of its claims. Not annotated, so that no scan finds it. */
    static class ReadableTokens {

        @Bean
        @Primary
        JwtDecoder readableTokens() {
            return token -> {
                try {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> claims =
                            new ObjectMapper().readValue(Base64.getUrlDecoder().decode(token), Map.class);
                    return new Jwt(token, Instant.now(), Instant.now().plusSeconds(60), Map.of("alg", "none"), claims);
                } catch (IOException | IllegalArgumentException e) {
                    throw new BadJwtException("not a token", e);
                }
            };
        }

        @Bean
        @Primary
        TokenStanding everyTokenStands() {
            return token -> true;
        }
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
                                        "--sinusnode.home=target/test-home",
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
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", "http://issuer.invalid");
        claims.put("aud", java.util.List.of(base));
        claims.put("azp", client);
        claims.put("sub", "service-account-" + client);
        claims.put("jti", "token-of-" + client);
        claims.put("scope", String.join(" ", AccessMatrix.standard().scopesOf(kind)));
        claims.put("caller_kind", kind.claim());
        claims.put("jurisdiction", "DE");
        claims.put("purpose_of_use", kind.purpose().name());
        if (organization != null) {
            claims.put("organization", organization);
        }
        try {
            byte[] json = new ObjectMapper().writeValueAsString(claims).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
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
