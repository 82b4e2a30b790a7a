package eu.sinusnode.keycloak.event;

import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * Gives an answer the id of its event as {@code X-Request-ID}: the FHIR server keeps that id in its audit, where an auditor
 * finds a refused login or token by what the client saw. Of several events in one request it is the last one's.
 */
final class AnswerIdListener implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(AnswerIdListener.class);
    private static final String HEADER = "X-Request-ID";

    private final KeycloakSession session;

    AnswerIdListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        tell(event.getId());
    }

    @Override
    public void onEvent(AdminEvent event, boolean withRepresentation) {
        tell(event.getId());
    }

    private void tell(String id) {
        try {
            session.getContext().getHttpResponse().setHeader(HEADER, id);
        } catch (RuntimeException e) {
            // A lockout, for example, is judged after the answer.
            LOG.debugf("An event came outside of a request: %s", e.getClass().getName());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
