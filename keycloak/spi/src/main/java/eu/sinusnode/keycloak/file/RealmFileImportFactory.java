package eu.sinusnode.keycloak.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.exportimport.ImportProvider;
import org.keycloak.exportimport.ImportProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * Chosen at the start by {@code -Dkeycloak.migration.provider}, in place of Keycloak's own import of a file. Keycloak is
 * ready when both parts are done.
 */
public final class RealmFileImportFactory implements ImportProviderFactory {

    private static final String ID = "sinusnode-realm-file";

    /** Whether this very start made the realm. */
    private volatile boolean made;

    @Override
    public ImportProvider create(KeycloakSession session, Map<String, String> overrides) {
        return new RealmFileImport(
                session,
                RealmFile.named().orElseThrow(() -> new IllegalStateException("Keycloak was told no realm file.")),
                () -> made = true);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                RealmFile.named().ifPresent(file -> finish(factory, file));
            }
        });
    }

    private void finish(KeycloakSessionFactory factory, RealmFile file) {
        try {
            RealmRepresentation realm = file.read();
            new DataScopesImport(factory, realm.getRealm()).finish(DataScopes.takenOutOf(realm));
            if (made) {
                file.tellImported();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The realm file cannot be read, or nothing be written beside it.", e);
        }
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        // There is nothing to set.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
