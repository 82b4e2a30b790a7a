package eu.sinusnode.server.audit.login;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.RequestFacts;
import java.util.List;

/** What a Keycloak event is in the audit. User names, which may be mail addresses, do not come along. */
final class LoginEntries {

    private LoginEntries() {}

    static AuditEntry of(KeycloakEvent event) {
        String id = event.id().toString();
        AuditedInteraction interaction = interaction(event.type());
        RequestFacts request =
                new RequestFacts(event.requestId(), interaction, event.type(), null, null, event.address());
        return new AuditEntry(id, event.time(), request, caller(event), outcome(event), List.of());
    }

    private static AuditedInteraction interaction(String type) {
        if (type.startsWith("LOGOUT")) {
            return AuditedInteraction.LOGOUT;
        }
        if (type.startsWith("LOGIN")) {
            return AuditedInteraction.LOGIN;
        }
        boolean token = type.startsWith("CODE_TO_TOKEN")
                || type.startsWith("REFRESH_TOKEN")
                || type.startsWith("CLIENT_LOGIN")
                || type.startsWith("TOKEN_EXCHANGE");
        return token ? AuditedInteraction.TOKEN : AuditedInteraction.OTHER;
    }

    private static AuditOutcome outcome(KeycloakEvent event) {
        return event.failed()
                ? new AuditOutcome.Denied("KEYCLOAK-" + event.type().replace(' ', '-'), word(event.error()))
                : new AuditOutcome.Granted("keycloak " + event.type());
    }

    /** Keycloak's errors are words such as {@code invalid_user_credentials}; anything longer may hold what was typed. */
    private static String word(@org.jspecify.annotations.Nullable String error) {
        return error != null && error.matches("[a-zA-Z0-9_]{1,60}") ? error : "refused by Keycloak";
    }

    private static AuditedCaller caller(KeycloakEvent event) {
        return new AuditedCaller(
                null,
                event.client() == null ? "unknown" : event.client(),
                event.user() == null ? "unknown" : event.user(),
                null,
                null,
                null,
                null,
                null);
    }
}
