package eu.sinusnode.keycloak.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.ScopeMappingRepresentation;

/** A realm without its scopes of data, and they without it: together they are the file. */
class DataScopesTest {

    private static final String FILE = """
            {
              "realm": "small",
              "clientScopes": [
                {"name": "basic", "protocol": "openid-connect"},
                {"name": "launch/patient", "protocol": "openid-connect"},
                {"name": "patient/Observation.rs", "protocol": "openid-connect"},
                {"name": "system/Observation.rs?category=http://x|y", "protocol": "openid-connect"}
              ],
              "scopeMappings": [
                {"clientScope": "launch/patient", "roles": ["patient", "clinician"]},
                {"clientScope": "patient/Observation.rs", "roles": ["patient"]},
                {"client": "other", "roles": ["clinician"]},
                {"clientScope": "system/Observation.rs?category=http://x|y", "roles": ["insurer"]}
              ],
              "clients": [
                {"clientId": "app", "defaultClientScopes": ["basic"],
                 "optionalClientScopes": ["launch/patient", "patient/Observation.rs"]},
                {"clientId": "plain", "defaultClientScopes": ["basic"], "optionalClientScopes": []},
                {"clientId": "built-in"}
              ]
            }
            """;

    private final RealmRepresentation realm = read();
    private final DataScopes taken = DataScopes.takenOutOf(realm);

    @Test
    void takesTheScopesOfDataWithTheirRolesAndClients() {
        assertThat(taken.scopes())
                .extracting(ClientScopeRepresentation::getName)
                .containsExactly("patient/Observation.rs", "system/Observation.rs?category=http://x|y");
        assertThat(taken.roles())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "patient/Observation.rs", Set.of("patient"),
                        "system/Observation.rs?category=http://x|y", Set.of("insurer")));
        assertThat(taken.optional())
                .containsExactlyInAnyOrderEntriesOf(Map.of("app", Set.of("patient/Observation.rs")));
    }

    @Test
    void leavesAllElse() {
        assertThat(realm.getClientScopes())
                .extracting(ClientScopeRepresentation::getName)
                .containsExactly("basic", "launch/patient");
        assertThat(realm.getScopeMappings())
                .extracting(ScopeMappingRepresentation::getClientScope)
                .containsExactly("launch/patient", null);
        assertThat(realm.getClients().get(0).getOptionalClientScopes()).containsExactly("launch/patient");
        assertThat(realm.getClients().get(0).getDefaultClientScopes()).containsExactly("basic");
        assertThat(realm.getClients().get(1).getOptionalClientScopes()).isEmpty();
        assertThat(realm.getClients().get(2).getOptionalClientScopes()).isNull();
    }

    @Test
    void aRealmWithoutAnyGivesNone() {
        DataScopes none = DataScopes.takenOutOf(new RealmRepresentation());
        assertThat(none).isEqualTo(new DataScopes(List.of(), Map.of(), Map.of()));
    }

    private static RealmRepresentation read() {
        try {
            return new JsonMapper().readValue(FILE, RealmRepresentation.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
