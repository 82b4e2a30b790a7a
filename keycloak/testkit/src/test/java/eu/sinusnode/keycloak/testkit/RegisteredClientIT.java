package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.keycloak.admin.RealmOperations;
import eu.sinusnode.keycloak.realm.ClientKeys;
import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.keycloak.realm.RealmDirectory.OrganizationKind;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.token.BackendToken;
import eu.sinusnode.keycloak.token.ClientAssertion;
import eu.sinusnode.keycloak.token.TokenException;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that come to a realm that runs: with keys of both algorithms, handed over or published, blocked and let in again. */
@ExtendWith(KeycloakExtension.class)
class RegisteredClientIT {

    private static final Set<String> SCOPES = AccessMatrix.standard().scopesOf(CallerKind.INSURER);

    private final TestKeycloak keycloak;
    private @Nullable HttpServer partner;
    private String published = "";

    RegisteredClientIT(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @AfterEach
    void stop() {
        if (partner != null) {
            partner.stop(0);
        }
    }

    @Test
    void bothAlgorithmsAreTakenAndEachClientsOwnAlone() throws Exception {
        JWK elliptic = ec();
        JWK rsa = rsa();
        keycloak.apply(Registrations.none()
                .with(client("partner-es", ClientKeys.of(set(elliptic))))
                .with(client("partner-rs", ClientKeys.of(set(rsa)))));

        assertThat(token("partner-es", elliptic).fetch(SCOPES).claims()).containsEntry("caller_kind", "insurer");
        String scopes =
                String.valueOf(token("partner-rs", rsa).fetch(SCOPES).claims().get("scope"));
        assertThat(scopes.split(" ")).containsExactlyInAnyOrderElementsOf(SCOPES);

        for (JWSAlgorithm wrong : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS384, JWSAlgorithm.RS512)) {
            String assertion =
                    ClientAssertion.now("partner-rs", keycloak.issuer()).sign(rsa, wrong);
            assertThatThrownBy(() -> token("partner-rs", rsa).exchange(assertion, List.of()))
                    .as(wrong.getName())
                    .isInstanceOfSatisfying(
                            TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_client"));
        }
        String once = ClientAssertion.now("partner-rs", keycloak.issuer()).sign(rsa);
        assertThat(token("partner-rs", rsa).exchange(once, List.of()).value()).isNotEmpty();
        assertThatThrownBy(() -> token("partner-rs", rsa).exchange(once, List.of()))
                .hasMessageContaining("Token reuse detected");
    }

    @Test
    void aClientThatPublishesItsKeysChangesThemWithoutAGap() throws Exception {
        JWK first = ec();
        JWK second = ec();
        URI url = publish(first);
        keycloak.apply(Registrations.none().with(client("partner-url", ClientKeys.at(url, ClientKeys.ES384))));
        assertThat(token("partner-url", first).fetch(SCOPES).value()).isNotEmpty();

        published = set(first, second).toString(true);
        // Keycloak asks for an unknown key at most every ten seconds.
        Thread.sleep(11_000);
        assertThat(token("partner-url", second).fetch(SCOPES).value()).isNotEmpty();
        assertThat(token("partner-url", first).fetch(SCOPES).value())
                .as("both stand")
                .isNotEmpty();

        assertThatThrownBy(() -> token("partner-url", ec()).fetch(SCOPES))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_client"));
    }

    @Test
    void aBlockedClientGetsNoTokenUntilItIsLetInAgain() throws Exception {
        JWK key = ec();
        Registrations registered = Registrations.none().with(client("partner-blocked", ClientKeys.of(set(key))));
        keycloak.apply(registered);
        assertThat(token("partner-blocked", key).fetch(SCOPES).value()).isNotEmpty();

        keycloak.apply(registered.withClientBlocked("partner-blocked", true));
        assertThatThrownBy(() -> token("partner-blocked", key).fetch(SCOPES))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_client"));
        keycloak.apply(registered);
        assertThat(token("partner-blocked", key).fetch(SCOPES).value()).isNotEmpty();
    }

    @Test
    void whatIsThereStaysWhenTheRealmChanges() throws Exception {
        JWK key = ec();
        String signing = signingKey();
        String subject = subject("insurer");
        keycloak.apply(Registrations.none().with(client("partner-later", ClientKeys.of(set(key)))));
        assertThat(signingKey()).as("signing key").isEqualTo(signing);
        assertThat(subject("insurer")).isEqualTo(subject);
        assertThat(keycloak.login("patient-1").claims()).containsEntry("caller_kind", "patient");

        keycloak.apply(Registrations.none());
        assertThat(token("partner-later", key).fetch(SCOPES).value())
                .as("a client that the file does not name")
                .isNotEmpty();
    }

    @Test
    void theRealmsSigningKeyChangesAndTheOldOneStaysPublished() throws Exception {
        String old = signingKey();
        RealmOperations operations = new RealmOperations(keycloak.admin());
        operations.rotateSigningKeys();
        assertThat(signingKey()).isNotEqualTo(old);
        assertThat(certificates()).contains(old, signingKey());

        assertThat(operations.retireOldKeys()).isPositive();
        assertThat(certificates()).doesNotContain(old).contains(signingKey());
    }

    private String signingKey() throws Exception {
        return SignedJWT.parse(keycloak.token("insurer").value()).getHeader().getKeyID();
    }

    private List<String> certificates() throws Exception {
        return JWKSet.load(URI.create(keycloak.issuer().uri() + "/protocol/openid-connect/certs")
                        .toURL())
                .getKeys()
                .stream()
                .map(JWK::getKeyID)
                .toList();
    }

    private String subject(String client) {
        return String.valueOf(keycloak.token(client).claims().get("sub"));
    }

    private Registrations.Client client(String id, ClientKeys keys) {
        String organization =
                keycloak.directory().first(OrganizationKind.INSURER).id();
        return new Registrations.Client(
                new ClientRegistration.Backend(id, "Partner", "FR", CallerKind.INSURER, organization), keys);
    }

    private BackendToken token(String client, JWK key) {
        return new BackendToken(keycloak.issuer(), client, key);
    }

    private URI publish(JWK key) throws IOException {
        published = set(key).toString(true);
        partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        partner.createContext("/jwks.json", exchange -> {
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        partner.start();
        return URI.create("http://127.0.0.1:" + partner.getAddress().getPort() + "/jwks.json");
    }

    private static JWKSet set(JWK... keys) {
        return new JWKSet(List.of(keys)).toPublicJWKSet();
    }

    private static JWK ec() throws JOSEException {
        return new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
    }

    private static JWK rsa() throws JOSEException {
        return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    }
}
