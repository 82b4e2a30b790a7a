package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens by the client-credentials grant with {@code private_key_jwt} (SMART Backend Services): each request
 * carries a fresh assertion, signed with ES384 and good for a minute, and names the scopes that the job needs. A token is
 * used until a fifth of its life is left.
 */
public final class PrivateKeyJwtTokens implements AccessTokens {

    /** What {@link HttpReadingSource}, {@link RrSeriesReader}, {@link HttpFlagStore}, {@link HttpRecordedInputs}, {@link HttpReplayDesk} and {@link HttpModelWeeks} use, and nothing beside it. */
    private static final String SCOPES = String.join(
            " ",
            "system/Observation.rs",
            "system/Observation.cu",
            "system/Condition.rs",
            "system/Goal.r",
            "system/MedicationRequest.rs",
            "system/DocumentReference.r",
            "system/Binary.r",
            "system/Device.rs",
            "system/Device.c",
            "system/Provenance.rs",
            "system/Provenance.c",
            "system/MeasureReport.c",
            "system/Task.rs",
            "system/Task.cu");

    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI tokenEndpoint;
    private final String clientId;
    private final ECKey key;
    private final Retry retry;
    private final Clock clock;
    private @Nullable String token;
    private Instant renewAt = Instant.MIN;

    public PrivateKeyJwtTokens(
            HttpClient http, URI tokenEndpoint, String clientId, ECKey key, Retry retry, Clock clock) {
        this.http = http;
        this.tokenEndpoint = tokenEndpoint;
        this.clientId = clientId;
        this.key = key;
        this.retry = retry;
        this.clock = clock;
    }

    /**
     * The private key of a JWK file.
     *
     * @throws IllegalArgumentException when it is no private EC key on P-384
     */
    public static ECKey readKey(Path file) throws IOException {
        try {
            JWK jwk = JWK.parse(Files.readString(file));
            if (jwk instanceof ECKey ec && ec.isPrivate() && Curve.P_384.equals(ec.getCurve())) {
                return ec;
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("%s holds no JSON Web Key".formatted(file), e);
        }
        throw new IllegalArgumentException("%s holds no private EC key on P-384, which ES384 needs".formatted(file));
    }

    @Override
    public synchronized String current() {
        String known = token;
        if (known == null || !clock.instant().isBefore(renewAt)) {
            known = retry.run(this::request);
            token = known;
        }
        return known;
    }

    @Override
    public synchronized void discard(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private String request() {
        Instant asked = clock.instant();
        String form = "grant_type=client_credentials&scope="
                + encode(SCOPES)
                + "&client_assertion_type="
                + encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion="
                + encode(assertion(asked));
        HttpRequest request = HttpRequest.newBuilder(tokenEndpoint)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> response = HttpCalls.send(http, request, HttpResponse.BodyHandlers.ofString());
        if (HttpCalls.isTransient(response.statusCode())) {
            throw HttpCalls.transientFailure(response, "The token endpoint is busy");
        }
        if (response.statusCode() != 200) {
            throw new RequestRefused(
                    response.statusCode(),
                    "The token endpoint %s refused client %s with %d: %s; is the key the one that is registered?"
                            .formatted(tokenEndpoint, clientId, response.statusCode(), error(response.body())));
        }
        return accept(response.body(), asked);
    }

    private String accept(String body, Instant asked) {
        try {
            JsonNode answer = JSON.readTree(body);
            String accessToken = answer.path("access_token").asText();
            if (accessToken.isEmpty()) {
                throw new TransientFailure("The token endpoint answered without a token");
            }
            long seconds = answer.path("expires_in").asLong(60);
            renewAt = asked.plusMillis(seconds * 800);
            return accessToken;
        } catch (IOException e) {
            throw new TransientFailure("The token endpoint's answer was cut off", e);
        }
    }

    private String assertion(Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(tokenEndpoint.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES384).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The client assertion could not be signed", e);
        }
        return jwt.serialize();
    }

    /** The OAuth error code and description only: never the whole answer. */
    private static String error(String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            return answer.path("error").asText("") + " "
                    + answer.path("error_description").asText("");
        } catch (IOException e) {
            return "an answer that is not JSON";
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
