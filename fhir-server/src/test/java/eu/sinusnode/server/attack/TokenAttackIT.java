package eu.sinusnode.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every token attack that we know of, against the running server: each is refused with the right status, header and
 * OperationOutcome, stores nothing, and its refusal is found in the audit by the answer's request id.
 */
class TokenAttackIT extends RunningServer {

    private static final String PATIENT = Records.id("token-attack");
    private static final String OTHER = Records.id("token-attack-other");
    private static boolean loaded;

    private final JWTClaimsSet good = TOKENS.claims(CallerKind.PATIENT)
            .claim("patient", PATIENT)
            .claim("fhirUser", "Patient/" + PATIENT)
            .build();
    private final ForgedTokens forged = new ForgedTokens(good);

    @BeforeEach
    void households() {
        if (!loaded) {
            loaded = true;
            load(Records.household("token-attack"));
            load(Records.household("token-attack-other"));
        }
    }

    @Test
    void theTokenThatAllAreForgedFromIsGood() {
        String token = ForgedTokens.signed(good);
        assertThat(get("/Patient/" + PATIENT, token).status()).isEqualTo(200);
        assertThat(create(token).status()).isEqualTo(201);
    }

    @Test
    void forgedSignaturesAndHeaders() throws JOSEException {
        forged.signatures().forEach(this::assertInvalidToken);
    }

    @Test
    void wrongIssuersAudiencesAndTimes() {
        forged.standing().forEach(this::assertInvalidToken);
    }

    /** A server that has no room for a header says so before anybody could be asked who calls. */
    @Test
    void anOversizedTokenIsRefusedAtTheDoor() {
        long before = stored("Observation");
        String token = forged.changed(claims -> claims.claim("filler", "x".repeat(200_000)));
        for (Answer answer : List.of(get("/Patient/" + PATIENT, token), create(token))) {
            assertThat(answer.status()).isIn(400, 431);
            assertThat(answer.codes()).containsExactly("SN-REQUEST-006");
            Audited.refusal(answer, "SN-REQUEST-006");
        }
        assertThat(stored("Observation")).isEqualTo(before);
    }

    @Test
    void claimsThatSayMoreThanTheyMay() {
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> claims = new LinkedHashMap<>();
        claims.put("no kind", each -> each.claim("caller_kind", null));
        claims.put("an unknown kind", each -> each.claim("caller_kind", "superuser"));
        claims.put("a kind in capitals", each -> each.claim("caller_kind", "PATIENT"));
        claims.put("two kinds", each -> each.claim("caller_kind", List.of("patient", "administrator")));
        claims.put("a kind that is an object", each -> each.claim("caller_kind", Map.of("is", "patient")));
        claims.put("a kind with a blank", each -> each.claim("caller_kind", "patient "));
        claims.put("another kind's claims", each -> each.claim("caller_kind", "clinic-system"));
        claims.put("two patients", each -> each.claim("patient", List.of(PATIENT, OTHER)));
        claims.put("patients in one text", each -> each.claim("patient", PATIENT + "," + OTHER));
        claims.put("a patient of any name", each -> each.claim("patient", "*"));
        claims.put("a patient who is not the user", each -> each.claim("patient", OTHER));
        claims.put("a user who is not the patient", each -> each.claim("fhirUser", "Patient/" + OTHER));
        claims.put("a user elsewhere", each -> each.claim("fhirUser", "https://evil.test/Patient/" + PATIENT));
        claims.put("a number as patient", each -> each.claim("patient", 42));
        claims.put("an organization beside", each -> each.claim("organization", Records.CLINIC));
        claims.put("another purpose", each -> each.claim("purpose_of_use", "TREAT"));
        claims.put("two purposes", each -> each.claim("purpose_of_use", List.of("PATRQT", "TREAT")));
        claims.put("no purpose", each -> each.claim("purpose_of_use", null));
        claims.put("scopes as a list", each -> each.claim("scope", List.of("patient/*.cruds")));
        claims.put("no scopes", each -> each.claim("scope", null));
        claims.put("no jurisdiction", each -> each.claim("jurisdiction", null));
        claims.put("no subject", each -> each.subject(null));
        claims.put("no token id", each -> each.jwtID(null));
        claims.put("no client", each -> each.claim("azp", null));
        claims.forEach((what, change) -> assertForbidden(what, forged.changed(change), "SN-TOKEN-003"));
    }

    @Test
    void scopesThatTheKindOfCallerDoesNotHave() {
        Map<String, String> scopes = new LinkedHashMap<>();
        scopes.put("a system's", "system/*.cruds");
        scopes.put("a user's", "user/*.cruds");
        scopes.put("all kinds in one", String.join(" ", AccessMatrix.standard().scopesOf(CallerKind.CLINIC_SYSTEM)));
        scopes.put("none that is one", "openid profile patient/ patient/*. */*.cruds patient/Patient.xyz");
        scopes.put("in capitals", "PATIENT/*.CRUDS");
        scopes.put("with a tab and no blank", "system/Patient.rs\tuser/Patient.rs");
        scopes.put("escaped", "patient%2FPatient.rs");
        scopes.forEach((what, scope) ->
                assertForbidden(what, forged.changed(claims -> claims.claim("scope", scope)), "SN-SCOPE-001"));
        String all = forged.changed(claims -> claims.claim("scope", "patient/*.cruds"));
        assertThat(get("/Patient/" + OTHER, all).status())
                .as("all scopes, another patient")
                .isEqualTo(404);
        assertThat(get("/AuditEvent", all).status())
                .as("all scopes, the auditor's type")
                .isEqualTo(403);
        assertThat(put("/Patient/" + PATIENT, all, Records.patient(PATIENT)).status())
                .as("all scopes, the loader's interaction")
                .isEqualTo(403);
    }

    @Test
    void aGoodTokenInAnotherPlaceIsNone() {
        String token = ForgedTokens.signed(good);
        Map<String, HttpRequest.Builder> requests = new LinkedHashMap<>();
        requests.put(
                "in the query",
                request("/Patient/" + PATIENT + "?access_token=" + token, null).GET());
        requests.put("in a form", form("/Patient/_search", "access_token=" + token));
        requests.put(
                "in a cookie",
                request("/Patient/" + PATIENT, null)
                        .header("Cookie", "access_token=" + token)
                        .GET());
        requests.put(
                "in another header",
                request("/Patient/" + PATIENT, null)
                        .header("X-Access-Token", token)
                        .GET());
        requests.put(
                "as DPoP",
                request("/Patient/" + PATIENT, null)
                        .header("Authorization", "DPoP " + token)
                        .GET());
        requests.put(
                "as Basic",
                request("/Patient/" + PATIENT, null)
                        .header("Authorization", "Basic " + token)
                        .GET());
        requests.put(
                "without a scheme",
                request("/Patient/" + PATIENT, null)
                        .header("Authorization", token)
                        .GET());
        requests.forEach((what, request) -> {
            Answer answer = send(request);
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.codes()).as(what).containsAnyOf("SN-TOKEN-001", "SN-TOKEN-002");
            assertThat(answer.header("WWW-Authenticate").orElse("")).as(what).startsWith("Bearer");
            assertAudited(what, answer);
        });
    }

    /** Two headers or two places: whoever reads the first and whoever reads the second must not disagree. */
    @Test
    void twoTokensAreNotOneTooMany() {
        String mine = ForgedTokens.signed(good);
        String theirs = ForgedTokens.signed(TOKENS.claims(CallerKind.PATIENT)
                .claim("patient", OTHER)
                .claim("fhirUser", "Patient/" + OTHER)
                .build());
        Answer headers = send(request("/Patient/" + OTHER, mine)
                .header("Authorization", "Bearer " + theirs)
                .GET());
        assertThat(headers.status()).as("two headers").isEqualTo(401);
        Answer joined = send(request("/Patient/" + OTHER, null)
                .header("Authorization", "Bearer " + mine + ", Bearer " + theirs)
                .GET());
        assertThat(joined.status()).as("two in one header").isEqualTo(401);
        Answer places = send(
                request("/Patient/" + OTHER + "?access_token=" + theirs, mine).GET());
        assertThat(places.status()).as("header and query").isNotEqualTo(200);
        assertThat(places.body()).doesNotContain("Brandt");
    }

    private void assertInvalidToken(String what, String token) {
        long before = stored("Observation");
        for (Answer answer : List.of(get("/Patient/" + PATIENT, token), create(token))) {
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.codes()).as(what).containsExactly("SN-TOKEN-002");
            assertThat(answer.header("WWW-Authenticate").orElse(""))
                    .as(what)
                    .startsWith("Bearer")
                    .contains("error=\"invalid_token\"");
            assertAudited(what, answer);
        }
        assertThat(stored("Observation")).as(what).isEqualTo(before);
    }

    private void assertForbidden(String what, String token, String code) {
        long before = stored("Observation");
        for (Answer answer : List.of(get("/Patient/" + PATIENT, token), create(token))) {
            assertThat(answer.status()).as(what).isEqualTo(403);
            assertThat(answer.codes()).as(what).containsExactly(code);
            assertAudited(what, answer);
        }
        assertThat(stored("Observation")).as(what).isEqualTo(before);
    }

    private static void assertAudited(String what, Answer answer) {
        String requestId =
                answer.header("X-Request-ID").orElseThrow(() -> new AssertionError(what + ": no request id"));
        Answer events = get("/AuditEvent?_count=20", TOKENS.auditor());
        assertThat(events.status()).isEqualTo(200);
        assertThat(events.body()).as(what + ", in the audit").contains(requestId);
    }

    private static Answer create(String token) {
        return post(
                "/Observation",
                token,
                Records.heartRate(PATIENT, Records.id("token-attack-cuff"), "token-" + System.nanoTime()));
    }

    private static HttpRequest.Builder form(String path, String body) {
        return request(path, null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }
}
