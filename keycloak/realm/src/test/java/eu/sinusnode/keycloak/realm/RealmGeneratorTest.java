package eu.sinusnode.keycloak.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.jwk.ECKey;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealmGeneratorTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AccessMatrix matrix = AccessMatrix.standard();
    private final RealmModel model = Fixtures.model();
    private final String text = new RealmGenerator(matrix).generate(model);
    private final JsonNode realm = parse(text);

    @Test
    void smartScopesAreThoseOfTheMatrixAndNoOthers() {
        Set<String> expected = new TreeSet<>(Set.of(
                "basic",
                "fhir-server",
                "roles",
                "fhirUser",
                "offline_access",
                "online_access",
                "launch",
                "launch/patient"));
        for (CallerKind kind : CallerKind.values()) {
            expected.addAll(matrix.offeredScopes(kind));
        }
        assertThat(texts(realm.path("clientScopes"), "name")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinic-system", "insurer", "insurer-overseas", "analysis-job", "loader"})
    void aBackendClientMayAskForTheScopesOfItsKindAndHasNoneWithoutAsking(String clientId) {
        CallerKind kind = backend(clientId).callerKind();
        assertThat(strings(client(clientId).path("defaultClientScopes")))
                .containsExactlyInAnyOrder("basic", "fhir-server");
        assertThat(strings(client(clientId).path("optionalClientScopes")))
                .containsExactlyInAnyOrderElementsOf(matrix.offeredScopes(kind))
                .allMatch(scope -> scope.startsWith("system/"));
    }

    @Test
    void theAppMayAskForTheScopesOfPeopleOnly() {
        Set<String> optional = new TreeSet<>(strings(client("sinusnode-app").path("optionalClientScopes")));
        assertThat(optional).noneMatch(scope -> scope.startsWith("system/"));
        assertThat(optional)
                .containsAll(matrix.scopesOf(CallerKind.PATIENT))
                .containsAll(matrix.offeredScopes(CallerKind.PATIENT))
                .contains("launch", "launch/patient", "fhirUser", "offline_access", "online_access");
        assertThat(optional).doesNotContainAnyElementsOf(matrix.scopesOf(CallerKind.CLINICIAN));
        assertThat(strings(client("sinusnode-app").path("defaultClientScopes")))
                .containsExactlyInAnyOrder("basic", "fhir-server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sinusnode-app", "sinusnode-clinic", "sinusnode-admin"})
    void theEndOfAnAppsSessionIsToldToTheFhirServer(String clientId) {
        JsonNode attributes = client(clientId).path("attributes");
        assertThat(attributes.path("backchannel.logout.url").asText())
                .isEqualTo(model.fhirEndpoint().resolve("/backchannel-logout").toString());
        assertThat(attributes.path("backchannel.logout.session.required").asText())
                .isEqualTo("true");
        assertThat(attributes.path("backchannel.logout.revoke.offline.tokens").asText())
                .isEqualTo("false");
    }

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void aScopeNeedsTheRoleOfItsKind(CallerKind kind) {
        for (JsonNode mapping : realm.path("scopeMappings")) {
            String scope = mapping.path("clientScope").asText();
            if (!Set.of("offline_access", "launch", "launch/patient").contains(scope)) {
                assertThat(strings(mapping.path("roles")).contains(kind.claim()))
                        .as(kind + " and " + scope)
                        .isEqualTo(matrix.offeredScopes(kind).contains(scope));
            }
        }
        assertThat(texts(realm.path("scopeMappings"), "clientScope")).containsAll(matrix.scopesOf(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch", "launch/patient"})
    void aLaunchContextIsForWhoeverMaySearchForPatients(String scope) {
        assertThat(strings(
                        find(realm.path("scopeMappings"), "clientScope", scope).path("roles")))
                .contains("patient", "clinician", "representative")
                .doesNotContain("auditor", "administrator", "insurer");
        assertThat(find(realm.path("clientScopes"), "name", scope)
                        .path("protocolMappers")
                        .findValuesAsText("protocolMapper"))
                .containsExactly("sinusnode-launch-context");
    }

    @Test
    void theLastStepOfEachLoginIsTheLaunchContext() {
        JsonNode steps = find(
                        realm.path("authenticationFlows"),
                        "alias",
                        realm.path("browserFlow").asText())
                .path("authenticationExecutions");
        JsonNode last = steps.get(steps.size() - 1);
        assertThat(last.path("authenticator").asText()).isEqualTo("sinusnode-patient-context");
        for (JsonNode step : steps) {
            assertThat(step.path("requirement").asText()).isEqualTo("REQUIRED");
        }
    }

    @Test
    void everyClientIsHeldToTheFhirServerAsAudience() {
        JsonNode executors =
                realm.path("clientProfiles").path("profiles").get(0).path("executors");
        assertThat(texts(executors, "executor"))
                .containsExactly("sinusnode-smart-launch", "sinusnode-assertion-lifetime", "sinusnode-refresh-reuse");
        assertThat(executors.get(0).path("configuration").path("fhir-base").asText())
                .isEqualTo("http://127.0.0.1:8080/fhir");
        assertThat(executors.get(0).path("configuration").path("launch-keys").asText())
                .isEqualTo("http://127.0.0.1:8080/.well-known/launch-jwks.json");
        JsonNode policy = realm.path("clientPolicies").path("policies").get(0);
        assertThat(policy.path("enabled").asBoolean()).isTrue();
        assertThat(texts(policy.path("conditions"), "condition")).containsExactly("any-client");
    }

    @Test
    void everyRegistrationHasItsJurisdictionAsAFixedClaim() {
        for (ClientRegistration registration : model.clients()) {
            if (registration instanceof ClientRegistration.Introspector) {
                continue;
            }
            JsonNode mapper = mapper(registration.clientId(), "jurisdiction");
            assertThat(mapper.path("protocolMapper").asText()).isEqualTo("oidc-hardcoded-claim-mapper");
            assertThat(mapper.path("config").path("claim.value").asText()).isEqualTo(registration.jurisdiction());
        }
        assertThat(mapper("insurer-overseas", "jurisdiction")
                        .path("config")
                        .path("claim.value")
                        .asText())
                .isEqualTo("US");
    }

    @Test
    void aBackendClientsKindOrganizationAndPurposeAreFixed() {
        assertThat(fixedClaims("insurer"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "caller_kind", "insurer",
                        "purpose_of_use", "HPAYMT",
                        "organization", "payor",
                        "jurisdiction", "DE"));
        assertThat(fixedClaims("loader"))
                .containsEntry("caller_kind", "administrator")
                .containsEntry("purpose_of_use", "HSYSADMIN");
    }

    @Test
    void passwordsAreThoseGivenAndThereIsNoOtherSecret() {
        List<String> values = new ArrayList<>();
        realm.path("users").forEach(user -> user.path("credentials").forEach(credential -> {
            if (credential.path("type").asText().equals("password")) {
                values.add(credential.path("value").asText());
            }
        }));
        assertThat(values)
                .containsExactlyInAnyOrderElementsOf(
                        model.logins().values().stream().map(Login::password).toList());
        assertThat(realm.findValues("secret")).isEmpty();
        assertThat(text).doesNotContain("\\\"d\\\"");
    }

    @Test
    void aPersonWithoutPasswordIsRefusedInsteadOfGettingADefaultOne() {
        RealmModel without = new RealmModel(
                model.name(), model.fhirBase(), model.clients(), model.people(), model.clientKeys(), Map.of());
        assertThatThrownBy(() -> new RealmGenerator(matrix).generate(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no default one");
    }

    @Test
    void aPrivateKeyNeverGoesIntoTheRealm() {
        ECKey key = Fixtures.privateKey();
        assertThatThrownBy(() -> new RealmGenerator(matrix).generate(Fixtures.model(key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no private one");
    }

    @Test
    void noClientTakesPasswordsOrTheImplicitFlowOrAllRoles() {
        for (JsonNode client : realm.path("clients")) {
            assertThat(client.path("directAccessGrantsEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("implicitFlowEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("fullScopeAllowed").asBoolean(false)).isFalse();
        }
        assertThat(client("sinusnode-app")
                        .path("attributes")
                        .path("pkce.code.challenge.method")
                        .asText())
                .isEqualTo("S256");
        assertThat(client("admin-cli").path("enabled").asBoolean(true)).isFalse();
    }

    @Test
    void backendClientsSignWithEs384AndTheKeyInTheFile() {
        JsonNode insurer = client("insurer");
        assertThat(insurer.path("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
        assertThat(insurer.path("attributes")
                        .path("token.endpoint.auth.signing.alg")
                        .asText())
                .isEqualTo("ES384");
        JsonNode keys = parse(insurer.path("attributes").path("jwks.string").asText());
        assertThat(keys.path("keys")).hasSize(1);
        assertThat(keys.path("keys").get(0).path("crv").asText()).isEqualTo("P-384");
    }

    @Test
    void theClaimsOfAPersonAreAttributesThatOnlyTheAdministratorEdits() {
        JsonNode provider = realm.path("components")
                .path("org.keycloak.userprofile.UserProfileProvider")
                .get(0);
        JsonNode profile = parse(
                provider.path("config").path("kc.user.profile.config").get(0).asText());
        assertThat(texts(profile.path("attributes"), "name"))
                .contains(
                        "caller_kind", "purpose_of_use", "organization", "fhirUser", "patient", "person_jurisdiction");
        for (JsonNode attribute : profile.path("attributes")) {
            assertThat(strings(attribute.path("permissions").path("edit")))
                    .as(attribute.path("name").asText())
                    .containsExactly("admin");
        }
        assertThat(profile.has("unmanagedAttributePolicy")).isFalse();
    }

    @Test
    void aPatientIsBoundToOwnRecordAndToNoOrganization() {
        JsonNode attributes = user("patient-2").path("attributes");
        assertThat(strings(attributes.path("patient"))).containsExactly("p-two");
        assertThat(strings(attributes.path("fhirUser"))).containsExactly("Patient/p-two");
        assertThat(strings(attributes.path("purpose_of_use"))).containsExactly("PATRQT");
        assertThat(attributes.has("organization")).isFalse();
        assertThat(strings(user("patient-2").path("realmRoles"))).containsExactly("patient", "offline_access");
    }

    @Test
    void aClinicianActsForTheOwnClinic() {
        JsonNode attributes = user("clinician-2").path("attributes");
        assertThat(strings(attributes.path("organization"))).containsExactly("clinic-b");
        assertThat(strings(attributes.path("fhirUser"))).containsExactly("Practitioner/dr-b");
        assertThat(attributes.has("patient")).isFalse();
    }

    @Test
    void tokensLiveFiveMinutesAndGuessingIsSlowedDown() {
        assertThat(realm.path("accessTokenLifespan").asInt()).isEqualTo(300);
        assertThat(realm.path("bruteForceProtected").asBoolean()).isTrue();
        assertThat(realm.path("sslRequired").asText()).isEqualTo("external");
        assertThat(realm.path("registrationAllowed").asBoolean(true)).isFalse();
    }

    @Test
    void loginsEndWithoutUseAndInAnyCase() {
        assertThat(realm.path("ssoSessionIdleTimeout").asInt()).isEqualTo(30 * 60);
        assertThat(realm.path("ssoSessionMaxLifespan").asInt()).isEqualTo(12 * 3600);
        assertThat(realm.path("offlineSessionMaxLifespanEnabled").asBoolean()).isTrue();
        assertThat(realm.path("offlineSessionIdleTimeout").asInt()).isEqualTo(30 * 86_400);
        assertThat(realm.path("offlineSessionMaxLifespan").asInt()).isEqualTo(90 * 86_400);
        assertLimits("sinusnode-clinic", 15 * 60, 10 * 3600);
        assertLimits("sinusnode-admin", 15 * 60, 10 * 3600);
        assertLimits("sinusnode-app", 30 * 60, 12 * 3600);
    }

    private void assertLimits(String client, int idle, int longest) {
        JsonNode attributes = StreamSupport.stream(realm.path("clients").spliterator(), false)
                .filter(each -> each.path("clientId").asText().equals(client))
                .findFirst()
                .orElseThrow()
                .path("attributes");
        assertThat(attributes.path("client.session.idle.timeout").asInt())
                .as(client)
                .isEqualTo(idle);
        assertThat(attributes.path("client.session.max.lifespan").asInt())
                .as(client)
                .isEqualTo(longest);
        assertThat(attributes.path("default.max.age").asInt()).as(client).isEqualTo(longest);
    }

    @Test
    void onlyRegisteredClientsGetTheServersAudience() {
        assertThat(strings(realm.path("defaultDefaultClientScopes"))).containsExactly("basic");
        JsonNode audience = StreamSupport.stream(realm.path("clientScopes").spliterator(), false)
                .filter(scope -> scope.path("name").asText().equals("fhir-server"))
                .findFirst()
                .orElseThrow();
        assertThat(audience.findValuesAsText("included.custom.audience")).containsExactly("http://127.0.0.1:8080/fhir");
    }

    @Test
    void cliniciansAuditorsAndAdministratorsHaveASecondFactorAndPatientsMayGoWithout() {
        for (Person person : model.people()) {
            List<String> types = texts(user(person.username()).path("credentials"), "type");
            assertThat(types).as(person.username()).contains("password");
            assertThat(types.contains("otp"))
                    .as(person.username())
                    .isEqualTo(SecondFactor.neededBy(person.callerKind()));
        }
        for (Person person : model.people()) {
            assertThat(strings(user(person.username()).path("realmRoles")).contains("two-factors"))
                    .as(person.username())
                    .isEqualTo(SecondFactor.neededBy(person.callerKind()));
        }
    }

    /** Keycloak would grant a scope to everybody who shares a part of its role. */
    @Test
    void noRoleIsMadeOfOthers() {
        for (JsonNode role : realm.path("roles").path("realm")) {
            assertThat(role.has("composites")).as(role.path("name").asText()).isFalse();
            assertThat(role.path("composite").asBoolean(false)).isFalse();
        }
    }

    @Test
    void somebodyWhoNeedsASecondFactorIsNotMadeWithoutOne() {
        Map<String, Login> withoutFactors = new TreeMap<>();
        model.logins().forEach((name, login) -> withoutFactors.put(name, new Login(login.password(), null)));
        RealmModel without = new RealmModel(
                model.name(), model.fhirBase(), model.clients(), model.people(), model.clientKeys(), withoutFactors);
        assertThatThrownBy(() -> new RealmGenerator(matrix).generate(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a second factor");
    }

    @Test
    void theServersOwnClientIsNoCallerAndReadsEventsAlone() {
        assertThat(client("fhir-server").path("protocolMappers")).isEmpty();
        assertThat(strings(client("fhir-server").path("defaultClientScopes")))
                .containsExactlyInAnyOrder("basic", "roles");
        assertThat(strings(
                        user("service-account-fhir-server").path("clientRoles").path("realm-management")))
                .containsExactly("view-events");
    }

    @Test
    void theSameModelGivesTheSameBytes() {
        assertThat(new RealmGenerator(matrix).generate(model)).isEqualTo(text);
    }

    @Test
    void everyKindOfCallerHasARole() {
        assertThat(texts(realm.path("roles").path("realm"), "name"))
                .containsAll(Arrays.stream(CallerKind.values())
                        .map(CallerKind::claim)
                        .toList());
    }

    private ClientRegistration.Backend backend(String clientId) {
        return model.clients().stream()
                .filter(ClientRegistration.Backend.class::isInstance)
                .map(ClientRegistration.Backend.class::cast)
                .filter(client -> client.clientId().equals(clientId))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode client(String clientId) {
        return find(realm.path("clients"), "clientId", clientId);
    }

    private JsonNode user(String username) {
        return find(realm.path("users"), "username", username);
    }

    private JsonNode mapper(String clientId, String name) {
        return find(client(clientId).path("protocolMappers"), "name", name);
    }

    private Map<String, String> fixedClaims(String clientId) {
        Map<String, String> claims = new TreeMap<>();
        client(clientId).path("protocolMappers").forEach(mapper -> {
            JsonNode config = mapper.path("config");
            claims.put(
                    config.path("claim.name").asText(),
                    config.path("claim.value").asText());
        });
        return claims;
    }

    private static JsonNode find(JsonNode array, String field, String value) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(node -> node.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + field + " " + value));
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.path(field).asText())
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
