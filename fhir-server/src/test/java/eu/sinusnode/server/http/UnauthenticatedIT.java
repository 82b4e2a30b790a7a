package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import eu.sinusnode.policy.access.CallerKind;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnauthenticatedIT extends RunningServer {

    private static final String PATIENT = Records.id("nobody");

    @Test
    void withoutATokenNothingAnswersAndTheRefusalIsAudited() {
        long before = audited("SN-TOKEN-001");

        Answer answer = get("/Patient/" + PATIENT, null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.codes()).containsExactly("SN-TOKEN-001");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        assertThat(audited("SN-TOKEN-001")).isEqualTo(before + 1);
    }

    @Test
    void everythingBesideTheOpenPathsNeedsAToken() {
        for (String url : new String[] {
            BASE,
            BASE + "/",
            BASE + "/Patient",
            BASE + "/$vital-readings",
            BASE + "/$rr-intervals",
            BASE + "/Patient/$everything",
            BASE + "/metadata/",
            ORIGIN + "/",
            ORIGIN + "/actuator/prometheus",
            ORIGIN + "/actuator/env",
            ORIGIN + "/swagger-ui/index.html",
            ORIGIN + "/v3/api-docs"
        }) {
            assertThat(get(url, null).status()).as(url).isEqualTo(401);
        }
    }

    @Test
    void aTokenThatBreaksOneRuleIsRefused() {
        JWTClaimsSet good = TOKENS.claims(CallerKind.PATIENT)
                .claim("patient", PATIENT)
                .claim("fhirUser", "Patient/" + PATIENT)
                .build();
        Instant now = Instant.now();
        Map<String, String> wrong = new TreeMap<>();
        wrong.put("another issuer", sign(change(good).issuer("https://elsewhere.test")));
        wrong.put("another audience", sign(change(good).audience("https://other.test/fhir")));
        wrong.put("no audience", sign(change(good).audience((String) null)));
        wrong.put("expired", sign(change(good).expirationTime(Date.from(now.minusSeconds(60)))));
        wrong.put("no expiry", sign(change(good).expirationTime(null)));
        wrong.put("not yet valid", sign(change(good).notBeforeTime(Date.from(now.plusSeconds(600)))));
        wrong.put("another key", TestTokens.sign(TestTokens.newKey(), good));
        wrong.put("no signature", new PlainJWT(good).serialize());
        wrong.put("no token at all", "nonsense");

        wrong.forEach((what, token) -> {
            Answer answer = get("/Patient/" + PATIENT, token);
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.codes()).as(what).containsExactly("SN-TOKEN-002");
            assertThat(answer.header("WWW-Authenticate").orElse("")).contains("invalid_token");
        });
        assertThat(get("/Patient/" + PATIENT, sign(change(good))).status())
                .as("the same token without a fault")
                .isNotEqualTo(401);
    }

    private long audited(String code) {
        // A search waits for what was recorded before it.
        assertThat(get("/AuditEvent?_count=1", TOKENS.auditor()).status()).isEqualTo(200);
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.audit_event WHERE denial_code = ?", Long.class, code);
        return count == null ? 0 : count;
    }

    private static JWTClaimsSet.Builder change(JWTClaimsSet claims) {
        return new JWTClaimsSet.Builder(claims);
    }

    private static String sign(JWTClaimsSet.Builder claims) {
        return TestTokens.sign(TestTokens.KEY, claims.build());
    }
}
