package eu.sinusnode.keycloak.file;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.exportimport.ImportProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.services.managers.RealmManager;

/**
 * Imports a realm file into a database that has no such realm; one that is there is left alone. Keycloak makes its whole
 * start one transaction, and for each role or client of a scope it looks through all scopes of that transaction again. So
 * the scopes of data come afterwards, with {@link DataScopesImport}; until then the realm bears a mark.
 */
final class RealmFileImport implements ImportProvider {

    /** A realm's attribute for as long as its import is not done. */
    static final String UNFINISHED = "sinusnode.import.unfinished";

    private static final String MASTER = "master";

    private final KeycloakSession session;
    private final RealmFile file;
    private final Runnable whenMade;

    /** @param whenMade called when a realm is made of the file */
    RealmFileImport(KeycloakSession session, RealmFile file, Runnable whenMade) {
        this.session = session;
        this.file = file;
        this.whenMade = whenMade;
    }

    @Override
    public void importModel() throws IOException {
        RealmRepresentation realm = file.read();
        if (session.realms().getRealmByName(realm.getRealm()) != null) {
            return;
        }
        DataScopes.takenOutOf(realm);
        Map<String, String> attributes = new HashMap<>(realm.getAttributesOrEmpty());
        attributes.put(UNFINISHED, "true");
        realm.setAttributes(attributes);
        new RealmManager(session).importRealm(realm);
        whenMade.run();
    }

    @Override
    public boolean isMasterRealmExported() throws IOException {
        return MASTER.equals(file.read().getRealm());
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
