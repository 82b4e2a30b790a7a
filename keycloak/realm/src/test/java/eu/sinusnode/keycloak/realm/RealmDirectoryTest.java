package eu.sinusnode.keycloak.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.keycloak.realm.RealmDirectory.OrganizationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmDirectoryTest {

    private static final String DIRECTORY = """
            {"seed": 4711, "organizations": [
               {"id": "o-1", "name": "Centre", "kind": "centre", "country": "DE"},
               {"id": "o-2", "name": "Overseas", "kind": "foreign-insurer", "country": "US"}],
             "practitioners": [{"id": "dr-1", "organization": "o-1", "name": "Someone"}],
             "personas": [{"id": "p-1", "name": "Somebody", "consent": "wide", "conditions": ["I48"]}]}
            """;

    @TempDir
    Path temp;

    @Test
    void readsWhatARealmNeedsAndLeavesTheRest() throws IOException {
        RealmDirectory directory = RealmDirectory.read(file(DIRECTORY));
        assertThat(directory.first(OrganizationKind.FOREIGN_INSURER).country()).isEqualTo("US");
        assertThat(directory.practitioners()).containsExactly(new RealmDirectory.Practitioner("dr-1", "o-1"));
        assertThat(directory.personas()).containsExactly(new RealmDirectory.Persona("p-1"));
    }

    @Test
    void aMissingFileSaysWhatToDo() {
        assertThatThrownBy(() -> RealmDirectory.read(temp.resolve("none.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("generate the cohort first");
    }

    @Test
    void anOrganizationWithoutCountryIsRefused() throws IOException {
        Path file = file(DIRECTORY.replace(", \"country\": \"US\"", ""));
        assertThatThrownBy(() -> RealmDirectory.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("country");
    }

    @Test
    void anUnknownKindOfOrganizationIsRefused() throws IOException {
        Path file = file(DIRECTORY.replace("foreign-insurer", "broker"));
        assertThatThrownBy(() -> RealmDirectory.read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void aMissingKindIsNamed() throws IOException {
        RealmDirectory directory = RealmDirectory.read(file(DIRECTORY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> directory.first(OrganizationKind.CLINIC))
                .withMessageContaining("CLINIC");
    }

    private Path file(String json) throws IOException {
        return Files.writeString(temp.resolve("directory.json"), json);
    }
}
