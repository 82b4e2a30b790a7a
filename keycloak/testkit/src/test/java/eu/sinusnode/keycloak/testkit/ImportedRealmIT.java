package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.admin.KeycloakAdmin;
import eu.sinusnode.keycloak.process.KeycloakDistribution;
import eu.sinusnode.keycloak.process.KeycloakProcess;
import eu.sinusnode.keycloak.process.KeycloakSettings;
import eu.sinusnode.keycloak.realm.DemoRealm;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.RealmDirectory;
import eu.sinusnode.keycloak.realm.RealmModel;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.realm.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What Keycloak holds after an import is what the realm file says: each scope with its mappers and the roles that it
 * needs, each client with what it may ask for. An import that was cut off is finished by the next start; a realm whose
 * import was done is left alone. Nothing but the import touches the realm here: the database outlives the process, the
 * note of what was applied last does too.
 */
class ImportedRealmIT {

    /** The attribute of a realm that is not done yet. */
    private static final String UNFINISHED = "sinusnode.import.unfinished";

    private static final String LOST = "system/Observation.rs";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestHome home = TestHome.find();
    private final Path folder = home.folder("import");
    private final KeycloakDistribution distribution = home.distribution();

    @AfterEach
    void endKeycloak() {
        KeycloakProcess.stop(folder.resolve("keycloak.pid"));
    }

    @Test
    void theRealmIsTheFilesAlsoAfterAnImportThatWasCutOff() throws Exception {
        Secrets secrets = Secrets.in(folder.resolve("secrets"));
        KeycloakSettings settings = inAFile(TestHome.settings(folder, secrets.password("keycloak-admin")));
        String file = realmFile(secrets);
        JsonNode wanted = JSON.readTree(file);

        Path imported = folder.resolve("realm.json.imported");

        KeycloakAdmin admin = start(settings, file);
        assertThat(scopes(admin)).containsExactlyInAnyOrderEntriesOf(scopes(wanted));
        assertThat(rolesOfScopes(admin)).containsExactlyInAnyOrderEntriesOf(rolesOfScopes(wanted));
        assertThat(scopesOfClients(admin)).containsAllEntriesOf(scopesOfClients(wanted));
        assertThat(admin.get("").path("attributes").has(UNFINISHED)).isFalse();

        assertThat(imported).as("nobody has to compare it again").exists();

        loseScopes(admin);
        admin = start(settings, file);
        assertThat(imported).doesNotExist();
        assertThat(scopes(admin)).as("no import goes over a realm that is done").doesNotContainKey(LOST);

        ObjectNode realm = (ObjectNode) admin.get("");
        realm.withObjectProperty("attributes").put(UNFINISHED, "true");
        admin.put("", realm);
        admin = start(settings, file);
        assertThat(scopes(admin)).containsExactlyInAnyOrderEntriesOf(scopes(wanted));
        assertThat(rolesOfScopes(admin)).containsExactlyInAnyOrderEntriesOf(rolesOfScopes(wanted));
        assertThat(scopesOfClients(admin)).containsAllEntriesOf(scopesOfClients(wanted));
        assertThat(admin.get("").path("attributes").has(UNFINISHED)).isFalse();
    }

    private KeycloakAdmin start(KeycloakSettings settings, String file) {
        KeycloakProcess.stop(settings.pidFile());
        KeycloakProcess.startOrAdopt(distribution, settings, file, RealmModel.DEFAULT_NAME);
        return new KeycloakAdmin(settings.base(), RealmModel.DEFAULT_NAME, settings.adminPassword());
    }

    /** One scope is gone, and one client may not ask for another one any more. */
    private static void loseScopes(KeycloakAdmin admin) {
        Map<String, String> ids = new TreeMap<>();
        admin.get("client-scopes")
                .forEach(scope ->
                        ids.put(scope.path("name").asText(), scope.path("id").asText()));
        String client = admin.get("clients?clientId=insurer").path(0).path("id").asText();
        admin.delete("clients/" + client + "/optional-client-scopes/" + ids.get("system/Patient.rs"));
        admin.delete("client-scopes/" + ids.get(LOST));
    }

    /** The same Keycloak, with a database that outlives it; paths are relative to the distribution, blanks or not. */
    private KeycloakSettings inAFile(KeycloakSettings plain) throws IOException {
        Path configuration = folder.resolve("database.conf");
        Files.writeString(
                configuration,
                "db-url=jdbc:h2:file:" + folder.resolve("database").toAbsolutePath() + ";NON_KEYWORDS=VALUE\n");
        List<String> options = new ArrayList<>(plain.jvmOptions());
        options.add(
                "-Dkc.config.file=" + distribution.home().toAbsolutePath().relativize(configuration.toAbsolutePath()));
        return new KeycloakSettings(
                plain.directory(),
                plain.pidFile(),
                plain.log(),
                plain.port(),
                plain.managementPort(),
                plain.database(),
                plain.adminPassword(),
                options,
                plain.startLimit());
    }

    private String realmFile(Secrets secrets) throws IOException {
        Path file = folder.resolve("directory.json");
        try (InputStream resource =
                Objects.requireNonNull(TestKeycloak.class.getResourceAsStream("directory.json"), "directory.json")) {
            Files.write(file, resource.readAllBytes());
        }
        return DemoRealm.generate(
                RealmDirectory.read(file),
                secrets,
                TestKeycloak.FHIR_BASE,
                TestKeycloak.FHIR_BASE,
                URI.create(DemoRegistrations.APP_REDIRECT_URI),
                Registrations.none());
    }

    private static Map<String, String> scopes(KeycloakAdmin admin) {
        return described(admin.get("client-scopes"));
    }

    private static Map<String, String> scopes(JsonNode file) {
        return described(file.path("clientScopes"));
    }

    /** By name: what a scope says of itself, and its mappers without their ids. */
    private static Map<String, String> described(JsonNode scopes) {
        Map<String, String> described = new TreeMap<>();
        for (JsonNode scope : scopes) {
            Map<String, String> mappers = new TreeMap<>();
            scope.path("protocolMappers")
                    .forEach(mapper -> mappers.put(
                            mapper.path("name").asText(),
                            mapper.path("protocolMapper").asText() + sorted(mapper.path("config"))));
            described.put(
                    scope.path("name").asText(),
                    scope.path("description").asText() + " "
                            + scope.path("protocol").asText() + " " + sorted(scope.path("attributes")) + " " + mappers);
        }
        return described;
    }

    private static Map<String, String> sorted(JsonNode object) {
        Map<String, String> sorted = new TreeMap<>();
        object.properties()
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asText()));
        // Keycloak writes it into each mapper for audiences that says nothing of it.
        sorted.remove("userinfo.token.claim", "false");
        return sorted;
    }

    private static Map<String, Set<String>> rolesOfScopes(KeycloakAdmin admin) {
        Map<String, Set<String>> roles = new TreeMap<>();
        for (JsonNode scope : admin.get("client-scopes")) {
            Set<String> names =
                    names(admin.get("client-scopes/" + scope.path("id").asText() + "/scope-mappings/realm"));
            if (!names.isEmpty()) {
                roles.put(scope.path("name").asText(), names);
            }
        }
        return roles;
    }

    private static Map<String, Set<String>> rolesOfScopes(JsonNode file) {
        Map<String, Set<String>> roles = new TreeMap<>();
        file.path("scopeMappings")
                .forEach(mapping -> roles.put(mapping.path("clientScope").asText(), texts(mapping.path("roles"))));
        return roles;
    }

    private static Map<String, Collection<Set<String>>> scopesOfClients(KeycloakAdmin admin) {
        return scopesOf(admin.get("clients"));
    }

    private static Map<String, Collection<Set<String>>> scopesOfClients(JsonNode file) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        // A client that names no scopes has the realm's.
        file.path("clients").forEach(client -> {
            if (client.has("defaultClientScopes")) {
                named.set(client.path("clientId").asText(), client);
            }
        });
        return scopesOf(named);
    }

    /** By client id: what it has without asking, and what it may ask for. */
    private static Map<String, Collection<Set<String>>> scopesOf(JsonNode clients) {
        Map<String, Collection<Set<String>>> scopes = new TreeMap<>();
        clients.forEach(client -> scopes.put(
                client.path("clientId").asText(),
                List.of(texts(client.path("defaultClientScopes")), texts(client.path("optionalClientScopes")))));
        return scopes;
    }

    private static Set<String> names(JsonNode roles) {
        return new TreeSet<>(
                stream(roles).map(role -> role.path("name").asText()).toList());
    }

    private static Set<String> texts(JsonNode array) {
        return new TreeSet<>(stream(array).map(JsonNode::asText).toList());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
