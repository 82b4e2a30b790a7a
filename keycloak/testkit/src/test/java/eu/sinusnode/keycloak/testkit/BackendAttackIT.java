package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import eu.sinusnode.keycloak.token.AccessToken;
import eu.sinusnode.keycloak.token.BackendToken;
import eu.sinusnode.keycloak.token.ClientAssertion;
import eu.sinusnode.keycloak.token.TokenException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assertions that must not buy a token, each beside the one that does. */
@ExtendWith(KeycloakExtension.class)
class BackendAttackIT {

    private static final String CLIENT = "insurer";

    private final TestKeycloak keycloak;
    private final BackendToken insurer;
    private final ECKey key;

    BackendAttackIT(TestKeycloak keycloak) {
        this.keycloak = keycloak;
        this.insurer = keycloak.backend(CLIENT);
        this.key = keycloak.key(CLIENT);
    }

    @Test
    void anAssertionIsGoodOnce() {
        String assertion = assertion(keycloak.issuer().uri(), Instant.now(), ClientAssertion.LIFETIME)
                .sign(key);
        AccessToken token = insurer.exchange(assertion, List.of());
        assertThat(token.claims()).containsEntry("azp", CLIENT);
        assertRefused(assertion, "Token reuse detected");
    }

    @Test
    void anotherClientsKeyDoesNotSignForThisOne() {
        ClientAssertion assertion = assertion(keycloak.issuer().uri(), Instant.now(), ClientAssertion.LIFETIME);
        assertRefused(assertion.sign(keycloak.key("loader")), "Unable to load public key");
    }

    @Test
    void aStolenKeyIdDoesNotHelpAnotherKey() throws Exception {
        ECKey forged =
                new ECKey.Builder(keycloak.key("loader")).keyID(key.getKeyID()).build();
        ClientAssertion assertion = assertion(keycloak.issuer().uri(), Instant.now(), ClientAssertion.LIFETIME);
        assertRefused(assertion.sign(forged), "Signature on JWT token failed validation");
    }

    @Test
    void anExpiredAssertionIsRefused() {
        Instant twoMinutesAgo = Instant.now().minusSeconds(120);
        assertRefused(
                assertion(keycloak.issuer().uri(), twoMinutesAgo, ClientAssertion.LIFETIME)
                        .sign(key),
                "Token is not active");
    }

    @Test
    void aLongExpiryDoesNotMakeAnAssertionLiveLongerThanFiveMinutes() {
        Instant sixMinutesAgo = Instant.now().minusSeconds(360);
        assertRefused(
                assertion(keycloak.issuer().uri(), sixMinutesAgo, Duration.ofHours(1))
                        .sign(key),
                "");
    }

    @Test
    void anAssertionDatedFurtherAheadThanFiveMinutesIsRefused() {
        AccessToken token = insurer.exchange(
                assertion(keycloak.issuer().uri(), Instant.now(), Duration.ofMinutes(4))
                        .sign(key),
                List.of());
        assertThat(token.claims()).containsEntry("azp", CLIENT);
        assertRefused(
                assertion(keycloak.issuer().uri(), Instant.now(), Duration.ofMinutes(10))
                        .sign(key),
                "more than five minutes ahead");
    }

    @Test
    void anAssertionForAnotherServerIsRefused() {
        assertRefused(
                assertion(URI.create("https://login.example/realms/x"), Instant.now(), ClientAssertion.LIFETIME)
                        .sign(key),
                "Invalid token audience");
    }

    @Test
    void oneClientCannotSpeakAsAnother() {
        String assertion = ClientAssertion.now("loader", keycloak.issuer()).sign(keycloak.key("loader"));
        assertRefused(assertion, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/Patient.cu",
                "system/Observation.crus",
                "system/Observation.c",
                "user/Patient.rs",
                "patient/Patient.rs",
                "patient/*.cruds",
                "launch/patient",
                "system/Condition.rs?category=http://example.org|anything",
                "system/NoSuchType.rs",
                "system/Observation.dur",
                "anything"
            })
    void aScopeOfAnotherKindOrAnUnknownOneIsRefusedAloneAndAmongOthers(String scope) {
        assertInvalidScope(List.of(scope));
        assertInvalidScope(List.of("system/Patient.rs", scope));
    }

    /** What the client sees of a refusal is what Keycloak's events, and so the audit, have of it. */
    @Test
    void aRefusedAndAGrantedTokenRequestBearTheIdOfTheirEvent() throws Exception {
        String assertion = ClientAssertion.now(CLIENT, keycloak.issuer()).sign(key);
        HttpResponse<String> granted = post(assertion);
        HttpResponse<String> replayed = post(assertion);

        assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
        assertThat(replayed.statusCode()).isIn(400, 401);
        assertThat(eventIds("CLIENT_LOGIN")).contains(requestId(granted));
        assertThat(eventIds("CLIENT_LOGIN_ERROR")).contains(requestId(replayed));
    }

    private static String requestId(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("X-Request-ID")).hasSize(1);
        return answer.headers().firstValue("X-Request-ID").orElseThrow();
    }

    private List<String> eventIds(String type) {
        return keycloak.admin().get("events?max=20&type=" + type).findValuesAsText("id");
    }

    private HttpResponse<String> post(String assertion) throws Exception {
        String form = "grant_type=client_credentials&client_id=" + CLIENT
                + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                + "&client_assertion=" + assertion;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(keycloak.issuer().uri() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void assertInvalidScope(List<String> scopes) {
        assertThatThrownBy(() -> insurer.fetch(scopes))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_scope"));
    }

    private void assertRefused(String assertion, String reason) {
        assertThatThrownBy(() -> insurer.exchange(assertion, List.of()))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_client"))
                .hasMessageContaining(reason);
    }

    private static ClientAssertion assertion(URI audience, Instant issued, Duration lifetime) {
        return new ClientAssertion(
                CLIENT, audience, issued, lifetime, UUID.randomUUID().toString());
    }
}
