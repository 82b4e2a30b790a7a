package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.keycloak.realm.RealmDirectory.OrganizationKind;
import eu.sinusnode.keycloak.token.AccessToken;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tokens of every demo registration say, no claim more and no claim less. */
@ExtendWith(KeycloakExtension.class)
class TokenClaimsIT {

    private static final Set<String> OF_EVERY_TOKEN =
            Set.of("iss", "aud", "exp", "iat", "jti", "azp", "sub", "scope", "typ");

    private final TestKeycloak keycloak;

    TokenClaimsIT(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @ParameterizedTest
    @CsvSource({
        "clinic-system,    CLINIC_SYSTEM, CLINIC,          TREAT,     DE",
        "insurer,          INSURER,       INSURER,         HPAYMT,    DE",
        "insurer-overseas, INSURER,       FOREIGN_INSURER, HPAYMT,    US",
        "analysis-job,     ANALYSIS_JOB,  CENTRE,          CAREMGT,   DE",
        "loader,           ADMINISTRATOR, CENTRE,          HSYSADMIN, DE"
    })
    void aBackendClient(
            String client, CallerKind kind, OrganizationKind organization, String purpose, String jurisdiction) {
        Map<String, Object> claims = keycloak.token(client).claims();
        assertThat(claims)
                .containsOnlyKeys(with("caller_kind", "organization", "purpose_of_use", "jurisdiction"))
                .containsEntry("azp", client)
                .containsEntry("caller_kind", kind.claim())
                .containsEntry(
                        "organization", keycloak.directory().first(organization).id())
                .containsEntry("purpose_of_use", purpose)
                .containsEntry("jurisdiction", jurisdiction);
        assertCommon(claims);
        assertThat(scopes(claims)).isEqualTo(AccessMatrix.standard().scopesOf(kind));
    }

    @Test
    void aPatientIsBoundToOwnRecord() {
        String patient = keycloak.directory().personas().get(1).id();
        Map<String, Object> claims = keycloak.login("patient-2").claims();
        assertThat(claims)
                .containsOnlyKeys(
                        with("sid", "amr", "caller_kind", "purpose_of_use", "jurisdiction", "fhirUser", "patient"))
                .containsEntry("azp", "sinusnode-app")
                .containsEntry("caller_kind", "patient")
                .containsEntry("purpose_of_use", "PATRQT")
                .containsEntry("jurisdiction", "DE")
                .containsEntry("fhirUser", "Patient/" + patient)
                .containsEntry("patient", patient);
        assertCommon(claims);
        assertPersonScopes(claims, CallerKind.PATIENT);
    }

    @Test
    void aClinicianActsForTheOwnClinicInTheAppsJurisdiction() {
        String clinic = keycloak.directory()
                .organizations(OrganizationKind.CLINIC)
                .get(1)
                .id();
        Map<String, Object> claims = keycloak.login("clinician-2").claims();
        assertThat(claims)
                .containsOnlyKeys(
                        with("sid", "amr", "caller_kind", "purpose_of_use", "jurisdiction", "fhirUser", "organization"))
                .containsEntry("caller_kind", "clinician")
                .containsEntry("purpose_of_use", "TREAT")
                .containsEntry("jurisdiction", "DE")
                .containsEntry("organization", clinic)
                .containsEntry(
                        "fhirUser",
                        "Practitioner/"
                                + keycloak.directory().practitioners().get(1).id());
        assertCommon(claims);
        assertPersonScopes(claims, CallerKind.CLINICIAN);
    }

    @Test
    void theAuditorSeesAuditEventsAlone() {
        Map<String, Object> claims = keycloak.login("auditor").claims();
        assertThat(claims)
                .containsOnlyKeys(with("sid", "amr", "caller_kind", "purpose_of_use", "jurisdiction", "organization"))
                .containsEntry("caller_kind", "auditor")
                .containsEntry("purpose_of_use", "HSYSADMIN");
        assertThat(scopes(claims)).containsExactlyInAnyOrder("openid", "user/AuditEvent.rs");
    }

    @Test
    void anAppThatAsksForLessGetsLess() {
        AccessToken token =
                keycloak.app().login("patient-1", keycloak.secretsOf("patient-1"), Set.of("patient/Observation.crs"));
        assertThat(scopes(token.claims())).containsExactlyInAnyOrder("openid", "patient/Observation.crs");
    }

    @Test
    void everyTokenIsNewAndSignedByTheRealm() throws Exception {
        JWKSet keys = JWKSet.load(URI.create(keycloak.issuer().uri() + "/protocol/openid-connect/certs")
                .toURL());
        SignedJWT first = SignedJWT.parse(keycloak.token("insurer").value());
        SignedJWT second = SignedJWT.parse(keycloak.token("insurer").value());
        assertThat(first.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(first.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(first.getJWTClaimsSet().getJWTID())
                .isNotEqualTo(second.getJWTClaimsSet().getJWTID());
        assertThat(first.getJWTClaimsSet().getSubject())
                .isEqualTo(second.getJWTClaimsSet().getSubject());
    }

    private void assertCommon(Map<String, Object> claims) {
        assertThat(claims).containsEntry("iss", keycloak.issuer().uri().toString());
        assertThat((List<?>) claims.get("aud"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .as("the FHIR server, and its client that asks whether the token stands")
                .containsExactlyInAnyOrder(TestKeycloak.FHIR_BASE.toString(), "fhir-server");
        long expires = seconds(claims, "exp");
        assertThat(expires - seconds(claims, "iat"))
                .as("five minutes; Keycloak looks at the clock twice")
                .isBetween(300L, 301L);
        assertThat(Instant.ofEpochSecond(expires)).isAfter(Instant.now());
    }

    private static void assertPersonScopes(Map<String, Object> claims, CallerKind kind) {
        Set<String> expected = new TreeSet<>(AccessMatrix.standard().scopesOf(kind));
        expected.add("openid");
        assertThat(scopes(claims)).isEqualTo(expected);
    }

    private static long seconds(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Set<String> scopes(Map<String, Object> claims) {
        return new TreeSet<>(Arrays.asList(String.valueOf(claims.get("scope")).split(" ")));
    }

    private static String[] with(String... own) {
        Set<String> all = new TreeSet<>(OF_EVERY_TOKEN);
        all.addAll(Arrays.asList(own));
        return all.toArray(String[]::new);
    }
}
