package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.analysis.flag.WriteRefused;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.ModelIdentity;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FhirHttpTest {

    private static final String RESOURCE = "{\"resourceType\":\"Patient\",\"id\":\"1\"}";
    private static final String OUTCOME =
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"forbidden\","
                    + "\"diagnostics\":\"%s: no\"}]}";

    @TempDir
    private Path directory;

    private FakeServer server;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        server.answer("/token", 200, token("old", 300)).answer("/token", 200, token("new", 300));
        server.answer("/fhir/Patient/1", 401, "").answer("/fhir/Patient/1", 200, RESOURCE);

        assertThat(server.fhir(tokens(key()))
                        .get("Patient/1", Patient.class)
                        .getIdElement()
                        .getIdPart())
                .isEqualTo("1");
        assertThat(server.requests("/fhir/Patient/1"))
                .extracting(FakeServer.Request::authorization)
                .containsExactly("Bearer old", "Bearer new");
    }

    @Test
    void aTokenThatIsAlwaysRefusedIsAnError() throws Exception {
        server.answer("/token", 200, token("any", 300));
        server.answer("/fhir/Patient/1", 401, OUTCOME.formatted("SN-TOKEN-002"));
        FhirHttp fhir = server.fhir(tokens(key()));

        assertThatThrownBy(() -> fhir.get("Patient/1", Patient.class))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("SN-TOKEN-002");
    }

    @Test
    void aTokenIsUsedUntilAFifthOfItsLifeIsLeft() throws Exception {
        server.answer("/token", 200, token("first", 300)).answer("/token", 200, token("second", 300));
        AccessTokens tokens = tokens(key());

        assertThat(tokens.current()).isEqualTo("first");
        now = now.plusSeconds(239);
        assertThat(tokens.current()).isEqualTo("first");
        now = now.plusSeconds(1);
        assertThat(tokens.current()).isEqualTo("second");
    }

    @Test
    void theAssertionIsSignedByTheKeyAndShortLived() throws Exception {
        ECKey key = key();
        server.answer("/token", 200, token("any", 300));

        tokens(key).current();

        String form = server.requests("/token").get(0).body();
        assertThat(form)
                .contains("grant_type=client_credentials")
                .contains("scope=system%2FObservation.rs+system%2FObservation.cu+")
                .doesNotContain("Patient.", "%2F*", "%2F%2A");
        String assertion = URLDecoder.decode(form.replaceAll(".*client_assertion=", ""), StandardCharsets.UTF_8);
        SignedJWT jwt = SignedJWT.parse(assertion);
        assertThat(jwt.verify(new ECDSAVerifier(key.toPublicJWK()))).isTrue();
        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES384);
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("k1");
        assertThat(jwt.getJWTClaimsSet().getAudience())
                .containsExactly(server.uri("/token").toString());
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("analysis-job");
        assertThat(jwt.getJWTClaimsSet().getExpirationTime())
                .isEqualTo(now.plusSeconds(60).toString());
    }

    @Test
    void aRefusedClientIsToldWhyWithoutRetries() throws Exception {
        server.answer("/token", 400, "{\"error\":\"invalid_client\",\"error_description\":\"unknown key\"}");
        AccessTokens tokens = tokens(key());

        assertThatThrownBy(tokens::current)
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("invalid_client unknown key");
        assertThat(server.requests("/token")).hasSize(1);
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        Path file = directory.resolve("key.json");
        Files.writeString(file, new ECKeyGenerator(Curve.P_256).generate().toJSONString());
        assertThatThrownBy(() -> PrivateKeyJwtTokens.readKey(file)).hasMessageContaining("P-384");

        Files.writeString(file, key().toPublicJWK().toJSONString());
        assertThatThrownBy(() -> PrivateKeyJwtTokens.readKey(file)).hasMessageContaining("private");

        Files.writeString(file, "not a key");
        assertThatThrownBy(() -> PrivateKeyJwtTokens.readKey(file)).hasMessageContaining("JSON Web Key");
    }

    @Test
    void aBusyServerIsAskedAgainAfterAsLongAsItSays() {
        server.answer("/fhir/Patient/1", new FakeServer.Answer(503, "", Map.of("Retry-After", "7"), -1))
                .answer("/fhir/Patient/1", 429, "")
                .answer("/fhir/Patient/1", 200, RESOURCE);
        List<Duration> pauses = new ArrayList<>();
        Retry retry = new Retry(4, Duration.ofMillis(100), pauses::add);
        FhirHttp fhir = new FhirHttp(HttpClient.newHttpClient(), server.uri("/fhir"), FakeServer.fixedToken(), retry);

        fhir.get("Patient/1", Patient.class);

        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(251));
    }

    @Test
    void aServerThatIsAwayIsAPassingFailure() {
        FhirHttp fhir = server.fhir(FakeServer.fixedToken());
        server.close();

        assertThatThrownBy(() -> fhir.get("Patient/1", Patient.class)).isInstanceOf(TransientFailure.class);
    }

    @Test
    void aWriteIsTriedOnceAndItsRefusalsAreToldApart() {
        HttpFlagStore store = new HttpFlagStore(server.fhir(FakeServer.fixedToken()));
        server.answer("/fhir", 503, "")
                .answer("/fhir", 412, OUTCOME.formatted("HAPI-0550"))
                .answer("/fhir", 404, OUTCOME.formatted("HAPI-2001"))
                .answer("/fhir", 422, OUTCOME.formatted("SN-PROFILE-001"))
                .answer("/fhir", 403, OUTCOME.formatted("SN-SCOPE-001"));
        Bundle bundle = new Bundle();

        assertThatThrownBy(() -> store.write(bundle)).isInstanceOf(TransientFailure.class);
        assertThatThrownBy(() -> store.write(bundle)).isInstanceOf(TransientFailure.class);
        assertThatThrownBy(() -> store.write(bundle))
                .isInstanceOfSatisfying(WriteRefused.class, refused -> assertThat(refused.isWithheld())
                        .isTrue());
        assertThatThrownBy(() -> store.write(bundle)).isInstanceOfSatisfying(WriteRefused.class, refused -> {
            assertThat(refused.isWithheld()).isFalse();
            assertThat(refused).hasMessageContaining("SN-PROFILE-001");
        });
        assertThatThrownBy(() -> store.write(bundle)).isInstanceOf(RequestRefused.class);
        assertThat(server.requests("/fhir")).hasSize(5);
    }

    @Test
    void theAlgorithmsDeviceIsMadeOnceAndThenFound() {
        HttpFlagStore store = new HttpFlagStore(server.fhir(FakeServer.fixedToken()));
        ModelIdentity identity = new ModelIdentity("risk", "rule", "1.0.0", "A rule", null);
        server.answer("/fhir/Device", 200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}")
                .answer(
                        "/fhir/Device",
                        201,
                        "{\"resourceType\":\"Device\",\"id\":\"17\",\"meta\":{\"versionId\":\"1\"}}");

        assertThat(store.deviceOf(identity)).isEqualTo("Device/17");
        assertThat(store.deviceOf(identity)).isEqualTo("Device/17");
        assertThat(server.requests("/fhir/Device"))
                .extracting(FakeServer.Request::method)
                .containsExactly("GET", "POST");
    }

    @Test
    void theTokenEndpointIsFoundThroughTheIssuer() {
        server.answer(
                "/realms/x/.well-known/openid-configuration",
                200,
                "{\"token_endpoint\":\"" + server.uri("/token") + "\"}");

        assertThat(IssuerDiscovery.tokenEndpoint(
                        HttpClient.newHttpClient(), server.uri("/realms/x/"), FakeServer.quick()))
                .isEqualTo(server.uri("/token"));
    }

    private AccessTokens tokens(ECKey key) {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new PrivateKeyJwtTokens(
                HttpClient.newHttpClient(), server.uri("/token"), "analysis-job", key, FakeServer.quick(), clock);
    }

    private static ECKey key() throws Exception {
        return new ECKeyGenerator(Curve.P_384).keyID("k1").generate();
    }

    private static String token(String value, int seconds) {
        return "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(value, seconds);
    }
}
