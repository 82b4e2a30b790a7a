package eu.sinusnode.server.residency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.subscriptions.Subscriptions;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the running server says of where its data may go, as somebody without a token gets it. */
class AttestationIT extends RunningServer {

    private static final String PATH = ORIGIN + "/.well-known/residency-attestation";

    @Autowired
    private RefusedAttempts refused;

    @Test
    void anybodyCanCheckIt() throws Exception {
        Answer answer = get(PATH, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("application/jwt");
        assertThat(answer.response().headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
        JWSObject signed = JWSObject.parse(answer.body());
        JsonNode said = new ObjectMapper().readTree(signed.getPayload().toString());

        JWKSet keys = JWKSet.parse(get(said.path("keys").asText(), null).body());
        assertThat(keys.getKeys()).singleElement().satisfies(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
            assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        });
        JWK key = keys.getKeyByKeyId(signed.getHeader().getKeyID());
        assertThat(signed.verify(new ECDSAVerifier(key.toECKey()))).isTrue();

        assertThat(said.path("iss").asText()).isEqualTo(ORIGIN);
        assertThat(Duration.between(Instant.ofEpochSecond(said.path("iat").asLong()), Instant.now()))
                .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(2));
        JsonNode policy = said.path("policy");
        byte[] file = Files.readAllBytes(HOME.resolve("residency/residency.json"));
        assertThat(policy.path("sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        assertThat(policy.path("version").asInt()).isEqualTo(7);
        assertThat(policy.path("tier").asText()).isEqualTo("EU27");
        assertThat(policy.path("countries")).hasSize(27);
        assertThat(said.path("site").path("declared").asBoolean()).isTrue();
        assertThat(said.path("endpoints"))
                .extracting(endpoint -> endpoint.path("purpose").asText() + " "
                        + endpoint.path("country").asText() + " "
                        + endpoint.path("used").asBoolean())
                .containsExactly(
                        "database DE true",
                        "authorization-server AT true",
                        "video DE true",
                        "subscription DE true",
                        "subscription AT true");
        assertThat(said.path("doesNotProve")).hasSizeGreaterThan(3);
        assertThat(said.path("refused").path("byCode").fieldNames())
                .toIterable()
                .containsExactly("SN-RESIDENCY-001", "SN-RESIDENCY-002", "SN-RESIDENCY-003");
    }

    @Test
    void itNamesNoHostNoPathAndNoSecret() {
        String payload = payload();
        assertThat(payload)
                .doesNotContain("login.sinusnode.test", "jdbc", "residency.json.jws", "target/", "password", "\"d\"");
    }

    @Test
    void refusalsAreCountedByTheirCode() {
        Instant since = Instant.now().minus(Duration.ofHours(1));
        Map<String, Long> before = refused.since(since);

        Answer outside = get("/Patient/" + Records.id("attested"), TOKENS.foreignInsurer());
        Answer away = get("/Patient/" + Records.id("attested"), TOKENS.token(CallerKind.INSURER, claims -> claims.claim(
                        "organization", Records.INSURER)
                .claim("person_jurisdiction", "US")));
        Answer unknown =
                get("/Patient/" + Records.id("attested"), TOKENS.token(CallerKind.INSURER, claims -> claims.claim(
                                "organization", Records.INSURER)
                        .claim("jurisdiction", "XX")));

        for (Answer answer : new Answer[] {outside, away}) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.codes()).containsExactly("SN-RESIDENCY-001");
            Audited.refusal(answer, "SN-RESIDENCY-001");
        }
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(unknown.codes()).containsExactly("SN-RESIDENCY-002");
        Audited.refusal(unknown, "SN-RESIDENCY-002");
        Answer elsewhere = post(
                "/Subscription",
                TOKENS.clinicSystem(Records.CLINIC),
                Subscriptions.topic("https://hooks.example.com/told", "Observation"));
        assertThat(elsewhere.codes()).containsExactly("SN-RESIDENCY-003");
        Map<String, Long> after = refused.since(since);
        assertThat(after)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "SN-RESIDENCY-001",
                        before.getOrDefault("SN-RESIDENCY-001", 0L) + 2,
                        "SN-RESIDENCY-002",
                        before.getOrDefault("SN-RESIDENCY-002", 0L) + 1,
                        "SN-RESIDENCY-003",
                        before.getOrDefault("SN-RESIDENCY-003", 0L) + 1));
        assertThat(refused.since(Instant.now().plus(Duration.ofHours(1))).values())
                .containsOnly(0L);
    }

    @Test
    void onlyGetIsOpen() {
        assertThat(send(request(PATH, null).DELETE()).status()).isEqualTo(401);
        assertThat(get(PATH + "/x", null).status()).isEqualTo(401);
    }

    private static String payload() {
        try {
            return JWSObject.parse(get(PATH, null).body()).getPayload().toString();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }
}
