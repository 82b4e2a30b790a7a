package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.sinusnode.keycloak.admin.KeycloakAdmin;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend client has in its token what it asked for, no scope more and no scope less (SMART Backend Services). */
@ExtendWith(KeycloakExtension.class)
class BackendScopesIT {

    private static final int SCOPES_AT_ONCE = 25;

    private final TestKeycloak keycloak;

    BackendScopesIT(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system/Observation.rs",
                "system/Observation.r",
                "system/Observation.read",
                "system/*.rs",
                "system/*.cruds",
                "system/*.*",
                "system/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs",
                "system/Observation.rs system/Patient.read"
            })
    void whatWasAskedForIsInTheTokenAndNothingElse(String asked) {
        Set<String> scopes = Set.of(asked.split(" "));
        assertThat(granted("insurer", scopes)).isEqualTo(scopes);
    }

    @ParameterizedTest
    @CsvSource({
        "clinic-system, CLINIC_SYSTEM",
        "consent-recorder, CONSENT_RECORDER",
        "device-gateway, DEVICE_GATEWAY",
        "insurer, INSURER",
        "analysis-job, ANALYSIS_JOB",
        "loader, ADMINISTRATOR"
    })
    void everyFormThatIsOfferedIsGiven(String client, CallerKind kind) {
        // Keycloak reads at most 4,000 characters of a parameter, and there are more forms than fit.
        List<String> offered = List.copyOf(AccessMatrix.standard().offeredScopes(kind));
        for (int from = 0; from < offered.size(); from += SCOPES_AT_ONCE) {
            List<String> asked = offered.subList(from, Math.min(offered.size(), from + SCOPES_AT_ONCE));
            assertThat(granted(client, asked)).isEqualTo(Set.copyOf(asked));
        }
    }

    @Test
    void whoAsksForNothingGetsNoAccessToData() {
        assertThat(keycloak.backend("insurer").fetch(List.of()).claims())
                .containsEntry("caller_kind", "insurer")
                .containsEntry("scope", "");
    }

    @Test
    void aRealmWhoseClientsHadTheirScopesWithoutAskingIsBroughtToAsking() {
        String client = "insurer";
        KeycloakAdmin admin = keycloak.admin();
        String path = "clients/"
                + admin.get("clients?clientId=" + client).path(0).path("id").asText();
        for (JsonNode scope : admin.get(path + "/optional-client-scopes")) {
            if (AccessMatrix.standard()
                    .scopesOf(CallerKind.INSURER)
                    .contains(scope.path("name").asText())) {
                String id = scope.path("id").asText();
                admin.delete(path + "/optional-client-scopes/" + id);
                admin.put(path + "/default-client-scopes/" + id, JsonNodeFactory.instance.objectNode());
            }
        }
        assertThat(granted(client, List.of())).isEqualTo(AccessMatrix.standard().scopesOf(CallerKind.INSURER));

        keycloak.apply(Registrations.none());

        assertThat(granted(client, List.of())).isEmpty();
        assertThat(granted(client, List.of("system/Patient.rs"))).containsExactly("system/Patient.rs");
    }

    private Set<String> granted(String client, Collection<String> asked) {
        String scope =
                String.valueOf(keycloak.backend(client).fetch(asked).claims().get("scope"));
        return scope.isEmpty() ? Set.of() : new TreeSet<>(List.of(scope.split(" ")));
    }
}
