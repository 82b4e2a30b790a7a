package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.server.features.Covers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.junit.jupiter.api.Test;

class MetadataIT extends RunningServer {

    @Test
    @Covers("http.html#capabilities")
    void isOpenAndListsWhatTheMatrixOpens() {
        CapabilityStatement statement = statement();

        assertThat(types(statement))
                .isEqualTo(new TreeSet<>(AccessMatrix.standard().resourceTypes()));
        assertThat(interactions(statement, "Patient"))
                .containsExactlyInAnyOrder(
                        "create",
                        "read",
                        "vread",
                        "update",
                        "patch",
                        "delete",
                        "history-instance",
                        "history-type",
                        "search-type");
        assertThat(interactions(statement, "Consent")).doesNotContain("delete");
        assertThat(interactions(statement, "Binary")).doesNotContain("search-type");
        assertThat(interactions(statement, "AuditEvent")).containsExactlyInAnyOrder("read", "search-type");
        assertThat(statement.getRestFirstRep().getInteraction())
                .extracting(interaction -> interaction.getCode().toCode())
                .containsExactly("transaction", "batch");
        assertThat(statement.getRestFirstRep().getOperation())
                .extracting(operation -> operation.getName())
                .containsExactlyInAnyOrder(
                        "vital-readings",
                        "rr-intervals",
                        "job-run",
                        "risk-input",
                        "export",
                        "export-status",
                        "export-file",
                        "import",
                        "import-status",
                        "import-errors");
        for (String type : List.of("Patient", "Group")) {
            assertThat(resource(statement, type).getOperation())
                    .filteredOn(operation -> operation.getName().equals("export"))
                    .extracting(operation -> operation.getDefinition())
                    .singleElement()
                    .asString()
                    .startsWith("http://hl7.org/fhir/uv/bulkdata/OperationDefinition/");
        }
    }

    @Test
    void namesProfilesAndHowToGetAToken() {
        CapabilityStatement statement = statement();

        assertThat(resource(statement, "Observation").getSupportedProfile())
                .extracting(profile -> profile.getValue())
                .contains(
                        "https://sinusnode.eu/fhir/StructureDefinition/sinusnode-heart-rate",
                        "https://sinusnode.eu/fhir/StructureDefinition/sinusnode-risk-flag");
        assertThat(statement
                        .getRestFirstRep()
                        .getSecurity()
                        .getExtensionFirstRep()
                        .getExtension())
                .extracting(uri -> uri.getValue().primitiveValue())
                .allMatch(uri -> uri.startsWith(TestTokens.ISSUER));
        assertThat(get("/metadata", null).body()).doesNotContainIgnoringCase("hapi");
    }

    /** Each parameter that is promised is taken, so none of them answers 400 or 403. */
    @Test
    void everySearchParameterWorks() {
        CapabilityStatement statement = statement();
        load(Records.household("metadata"));

        for (CapabilityStatementRestResourceComponent resource :
                statement.getRestFirstRep().getResource()) {
            List<String> names = resource.getSearchParam().stream()
                    .map(parameter -> parameter.getName())
                    .toList();
            assertThat(names)
                    .containsAll(
                            OpenParameters.byType(AccessMatrix.standard()).getOrDefault(resource.getType(), Set.of()));
            for (String name : names) {
                String value = valueFor(resource, name);
                // A search for Provenance has to say of what.
                String target = resource.getType().equals("Provenance") && !name.equals("target")
                        ? "&target=Patient/" + Records.id("metadata")
                        : "";
                Answer answer =
                        get("/" + resource.getType() + "?" + name + "=" + value + target, searcher(resource.getType()));
                assertThat(answer.status())
                        .as("%s?%s: %s", resource.getType(), name, answer.body())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void saysNothingOfTheSoftware() {
        Answer answer = get("/metadata", null);

        assertThat(answer.response().headers().map().keySet().stream().map(String::toLowerCase))
                .doesNotContain("x-powered-by", "server");
    }

    /** A path that the container refuses by itself, before any servlet of ours. */
    @Test
    void aPathThatMakesNoSenseIsAnsweredInPlainWords() {
        Answer answer = get(ORIGIN + "/fhir/Patient;x=1/%2e%2e/metadata", TOKENS.loader());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-006");
        assertThat(answer.body()).doesNotContainIgnoringCase("tomcat").doesNotContain("Exception");
    }

    @Test
    void smartConfigurationIsOpenInBothPlaces() {
        for (String url :
                List.of(BASE + "/.well-known/smart-configuration", ORIGIN + "/.well-known/smart-configuration")) {
            Answer answer = get(url, null);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"code_challenge_methods_supported\":[\"S256\"]")
                    .contains("\"issuer\":\"" + TestTokens.ISSUER + "\"")
                    .contains("\"introspection_endpoint\":\"" + TestTokens.ISSUER)
                    .contains("\"revocation_endpoint\":\"" + TestTokens.ISSUER)
                    .contains("\"launch-ehr\"", "\"launch-standalone\"", "\"permission-v1\"")
                    .contains("patient/Observation.crs", "patient/*.read", "launch/patient", "offline_access")
                    .contains("|vital-signs\"");
        }
    }

    /** SMART App Launch 2.2; each has its tests in {@code keycloak/testkit} and in the browser ring. */
    @Test
    void smartConfigurationPromisesTheseCapabilitiesAndNoOthers() throws Exception {
        JsonNode smart = new ObjectMapper()
                .readTree(get(BASE + "/.well-known/smart-configuration", null).body());

        assertThat(texts(smart.path("capabilities")))
                .containsExactlyInAnyOrder(
                        "launch-ehr",
                        "launch-standalone",
                        "client-public",
                        "client-confidential-asymmetric",
                        "sso-openid-connect",
                        "context-banner",
                        "context-ehr-patient",
                        "context-standalone-patient",
                        "permission-offline",
                        "permission-online",
                        "permission-patient",
                        "permission-user",
                        "permission-v1",
                        "permission-v2");
        assertThat(texts(smart.path("grant_types_supported")))
                .containsExactlyInAnyOrder("authorization_code", "refresh_token", "client_credentials");
        assertThat(texts(smart.path("response_types_supported"))).containsExactly("code");
        assertThat(texts(smart.path("code_challenge_methods_supported"))).containsExactly("S256");
        assertThat(texts(smart.path("token_endpoint_auth_methods_supported")))
                .containsExactlyInAnyOrder("none", "private_key_jwt");
        assertThat(texts(smart.path("token_endpoint_auth_signing_alg_values_supported")))
                .containsExactlyInAnyOrder("RS384", "ES384");
        Set<String> offered = new TreeSet<>(
                Set.of("openid", "fhirUser", "launch", "launch/patient", "offline_access", "online_access"));
        for (CallerKind kind : CallerKind.values()) {
            offered.addAll(AccessMatrix.standard().offeredScopes(kind));
        }
        assertThat(texts(smart.path("scopes_supported"))).containsExactlyInAnyOrderElementsOf(offered);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String valueFor(CapabilityStatementRestResourceComponent resource, String name) {
        String type = resource.getSearchParam().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getType()
                .toCode();
        return switch (name) {
            case "patient", "subject", "beneficiary", "_id" -> Records.id("metadata");
            case "active" -> "true";
            default ->
                switch (type) {
                    case "date" -> "ge2020-01-01";
                    case "reference" -> "Patient/" + Records.id("metadata");
                    case "quantity" -> "gt140";
                    case "composite" -> "http://loinc.org%7C8480-6$gt140";
                    default -> "x";
                };
        };
    }

    private static String searcher(String type) {
        return Arrays.stream(new CallerKind[] {CallerKind.PATIENT, CallerKind.CLINICIAN, CallerKind.AUDITOR})
                .filter(kind -> AccessMatrix.standard().allows(kind, type, Interaction.SEARCH))
                .findFirst()
                .map(kind -> switch (kind) {
                    case PATIENT -> TOKENS.patient(Records.id("metadata"));
                    case CLINICIAN -> TOKENS.clinician(Records.CLINIC);
                    default -> TOKENS.auditor();
                })
                .orElseThrow();
    }

    private static CapabilityStatement statement() {
        Answer answer = get("/metadata", null);
        assertThat(answer.status()).isEqualTo(200);
        return (CapabilityStatement) answer.resource();
    }

    private static Set<String> types(CapabilityStatement statement) {
        return statement.getRestFirstRep().getResource().stream()
                .map(CapabilityStatementRestResourceComponent::getType)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static CapabilityStatementRestResourceComponent resource(CapabilityStatement statement, String type) {
        return statement.getRestFirstRep().getResource().stream()
                .filter(resource -> resource.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> interactions(CapabilityStatement statement, String type) {
        return resource(statement, type).getInteraction().stream()
                .map(interaction -> interaction.getCode())
                .map(TypeRestfulInteraction::toCode)
                .toList();
    }
}
