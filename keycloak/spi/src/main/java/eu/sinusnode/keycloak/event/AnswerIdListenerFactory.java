package eu.sinusnode.keycloak.event;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes the listener for each request, of every realm. */
public final class AnswerIdListenerFactory implements EventListenerProviderFactory {

    private static final String ID = "sinusnode-answer-id";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new AnswerIdListener(session);
    }

    /** No realm has to name it. */
    @Override
    public boolean isGlobal() {
        return true;
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
