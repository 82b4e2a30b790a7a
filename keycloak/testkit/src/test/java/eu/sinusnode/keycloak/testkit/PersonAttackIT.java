package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.token.AccessToken;
import eu.sinusnode.keycloak.token.CodeChallenge;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.OneTimeCodes;
import eu.sinusnode.keycloak.token.PersonToken;
import eu.sinusnode.keycloak.token.TokenException;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logins that must not end in a token, or not in more than the person is due. */
@ExtendWith(KeycloakExtension.class)
class PersonAttackIT {

    private static final Collection<String> PATIENT_SCOPES =
            AccessMatrix.standard().scopesOf(CallerKind.PATIENT);

    private final TestKeycloak keycloak;

    PersonAttackIT(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Test
    void aWrongPasswordIsRefusedAndTheRightOneIsNot() {
        assertThatThrownBy(() -> keycloak.app().login("patient-1", new Login("not-the-password", null), PATIENT_SCOPES))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("login_refused"))
                .hasMessageContaining("wrong password");
        assertThat(keycloak.login("patient-1").claims()).containsEntry("caller_kind", "patient");
    }

    @Test
    void anUnknownNameIsAnsweredLikeAWrongPassword() {
        assertThatThrownBy(() -> keycloak.app().login("nobody", new Login("not-the-password", null), PATIENT_SCOPES))
                .hasMessage("The login of nobody was refused: wrong password, unknown name, or locked for a while.");
    }

    @Test
    void plainPkceIsRefused() {
        CodeChallenge plain = new CodeChallenge("v".repeat(43), "v".repeat(43), "plain");
        assertThatThrownBy(
                        () -> keycloak.app().login("patient-1", keycloak.secretsOf("patient-1"), PATIENT_SCOPES, plain))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("code challenge method");
    }

    @Test
    void aCodeWithoutItsVerifierIsWorthless() {
        CodeChallenge right = CodeChallenge.s256();
        CodeChallenge stolen = new CodeChallenge(CodeChallenge.s256().verifier(), right.challenge(), "S256");
        assertThatThrownBy(() ->
                        keycloak.app().login("patient-1", keycloak.secretsOf("patient-1"), PATIENT_SCOPES, stolen))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_grant"));
    }

    @Test
    void aPatientWhoAsksForAClinicansScopesGetsNone() {
        AccessToken token = keycloak.app(DemoRegistrations.STAFF_APP)
                .login(
                        "patient-1",
                        keycloak.secretsOf("patient-1"),
                        AccessMatrix.standard().scopesOf(CallerKind.CLINICIAN));
        assertThat(token.claims()).containsEntry("scope", "openid");
    }

    @Test
    void anAuditorWhoAsksForAClinicansScopesGetsNone() {
        AccessToken token = keycloak.app(DemoRegistrations.STAFF_APP)
                .login(
                        "auditor",
                        keycloak.secretsOf("auditor"),
                        AccessMatrix.standard().scopesOf(CallerKind.CLINICIAN));
        assertThat(token.claims()).containsEntry("scope", "openid");
    }

    @Test
    void systemScopesAreNotForTheApp() {
        assertThatThrownBy(() -> keycloak.app()
                        .login("patient-1", keycloak.secretsOf("patient-1"), List.of("system/Patient.rs")))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_scope"));
    }

    @Test
    void aRedirectToSomewhereElseShowsNoLoginPage() {
        PersonToken elsewhere = new PersonToken(
                        keycloak.issuer(),
                        DemoRegistrations.APP,
                        URI.create("http://127.0.0.1:8765/callback/../evil"),
                        OneTimeCodes.inMemory())
                .forServer(TestKeycloak.FHIR_BASE);
        assertThatThrownBy(() -> elsewhere.login("patient-1", keycloak.secretsOf("patient-1"), PATIENT_SCOPES))
                .hasMessageContaining("showed no login page");
    }
}
