package eu.sinusnode.server.audit.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads the realm's events with the server's own client ({@code private_key_jwt}). */
final class KeycloakAdmin {

    private static final String CLIENT = "fhir-server";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;

    private final String issuer;
    private final Path key;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * @param issuer the realm's issuer URL, {@code …/realms/<realm>}
     * @param key JWK file of the client; read anew each time, so that it may be rotated
     */
    KeycloakAdmin(String issuer, Path key, Clock clock) {
        this.issuer = issuer;
        this.key = key;
        this.clock = clock;
    }

    /** @return events at or after the day of {@code since}, newest first as Keycloak gives them, until one is older */
    List<KeycloakEvent> eventsSince(Instant since) throws IOException, InterruptedException {
        String token = token();
        List<KeycloakEvent> events = new ArrayList<>(pages("events", since, token, KeycloakEvent::ofUser));
        events.addAll(pages("admin-events", since, token, KeycloakEvent::ofAdmin));
        return events;
    }

    private List<KeycloakEvent> pages(
            String kind, Instant since, String token, Function<JsonNode, KeycloakEvent> reader)
            throws IOException, InterruptedException {
        List<KeycloakEvent> events = new ArrayList<>();
        for (int page = 0; page < MAX_PAGES; page++) {
            URI uri = URI.create(issuer.replace("/realms/", "/admin/realms/") + "/" + kind + "?first=" + page * PAGE
                    + "&max=" + PAGE);
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + token)
                            .GET()
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("Keycloak answers " + response.statusCode() + " when asked for its " + kind);
            }
            JsonNode found = JSON.readTree(response.body());
            boolean older = false;
            for (JsonNode node : found) {
                KeycloakEvent event = reader.apply(node);
                older |= event.time().isBefore(since);
                if (!event.time().isBefore(since)) {
                    events.add(event);
                }
            }
            if (older || found.size() < PAGE) {
                return events;
            }
        }
        return events;
    }

    private String token() throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_assertion_type="
                + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") + "&client_assertion="
                + encoded(assertion());
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Keycloak gives the server no token for reading events: " + response.statusCode());
        }
        return JSON.readTree(response.body()).path("access_token").asText();
    }

    private String assertion() throws IOException {
        try {
            JWK jwk = JWK.parse(Files.readString(key));
            JWSAlgorithm algorithm = jwk.getAlgorithm() != null
                    ? JWSAlgorithm.parse(jwk.getAlgorithm().getName())
                    : jwk instanceof ECKey ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
            JWSSigner signer = jwk instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(jwk.toRSAKey());
            Instant now = clock.instant();
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(jwk.getKeyID()).build(),
                    new JWTClaimsSet.Builder()
                            .issuer(CLIENT)
                            .subject(CLIENT)
                            .audience(issuer)
                            .jwtID(UUID.randomUUID().toString())
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plusSeconds(60)))
                            .build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (ParseException | JOSEException e) {
            throw new IOException("The server's own client key makes no sense: " + key.getFileName(), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
