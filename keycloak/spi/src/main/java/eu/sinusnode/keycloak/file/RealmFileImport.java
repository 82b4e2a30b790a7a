package eu.sinusnode.keycloak.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.exportimport.ImportProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.util.JsonSerialization;

/**
 * Imports a realm file into a database that has no such realm. Keycloak imports a realm in one transaction, which looks
 * through all of it again for each further scope; so the scopes of data come after the rest, in small transactions. A
 * realm bears a mark until they are all there: an import that was cut off goes on at the next start. Any other realm that
 * is there is left alone.
 */
final class RealmFileImport implements ImportProvider {

    /** A realm's attribute for as long as its import is not done. */
    static final String UNFINISHED = "sinusnode.import.unfinished";

    private static final Logger LOG = Logger.getLogger(RealmFileImport.class);
    private static final String MASTER = "master";

    private final KeycloakSessionFactory factory;
    private final Path file;

    RealmFileImport(KeycloakSessionFactory factory, Path file) {
        this.factory = factory;
        this.file = file;
    }

    @Override
    public void importModel() throws IOException {
        RealmRepresentation realm = read();
        DataScopes scopes = DataScopes.takenOutOf(realm);
        boolean unfinished =
                KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> isUnfinished(session, realm));
        if (unfinished) {
            new DataScopesImport(factory, realm.getRealm()).add(scopes);
            LOG.infof(
                    "Realm %s imported with %d scopes of data",
                    realm.getRealm(), scopes.scopes().size());
        }
    }

    @Override
    public boolean isMasterRealmExported() throws IOException {
        return MASTER.equals(read().getRealm());
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** Makes the realm, without its scopes of data, when it is not there. */
    private static boolean isUnfinished(KeycloakSession session, RealmRepresentation realm) {
        RealmModel there = session.realms().getRealmByName(realm.getRealm());
        if (there != null) {
            return there.getAttribute(UNFINISHED) != null;
        }
        Map<String, String> attributes = new HashMap<>(realm.getAttributesOrEmpty());
        attributes.put(UNFINISHED, "true");
        realm.setAttributes(attributes);
        new RealmManager(session).importRealm(realm);
        return true;
    }

    private RealmRepresentation read() throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return JsonSerialization.readValue(content, RealmRepresentation.class);
        }
    }
}
