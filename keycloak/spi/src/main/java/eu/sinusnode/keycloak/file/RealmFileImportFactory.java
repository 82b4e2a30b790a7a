package eu.sinusnode.keycloak.file;

import java.nio.file.Path;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.exportimport.ImportProvider;
import org.keycloak.exportimport.ImportProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Chosen at the start by {@code -Dkeycloak.migration.provider}, in place of Keycloak's own import of a file. */
public final class RealmFileImportFactory implements ImportProviderFactory {

    private static final String ID = "sinusnode-realm-file";
    /** Keycloak's own name for the file. */
    private static final String FILE = "keycloak.migration.file";

    @Override
    public ImportProvider create(KeycloakSession session, Map<String, String> overrides) {
        String file = overrides.getOrDefault(FILE, System.getProperty(FILE));
        if (file == null) {
            throw new IllegalStateException("No realm file is named: -D" + FILE + " is missing.");
        }
        return new RealmFileImport(session.getKeycloakSessionFactory(), Path.of(file));
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
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing depends on other providers.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
