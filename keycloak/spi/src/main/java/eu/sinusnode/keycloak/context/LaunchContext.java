package eu.sinusnode.keycloak.context;

import eu.sinusnode.keycloak.launch.LaunchToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The patient of a login. Keycloak keeps one client session for all tabs in which one browser session uses one app, so
 * the context stands there once as the current one, and once more beside the PKCE challenge of the login that settled it:
 * a code that was issued before another tab changed the patient is told apart by that.
 *
 * <p>Names begin with a word that no request parameter can produce: Keycloak prefixes those.
 *
 * @param patient plain id of the Patient
 * @param encounter plain id of the Encounter, if the launch named one
 */
public record LaunchContext(String patient, @Nullable String encounter) {

    private static final String PATIENT = "sinusnode.context.patient";
    private static final String ENCOUNTER = "sinusnode.context.encounter";
    private static final String OF_CODE = "sinusnode.context.code.";

    private static final String EXPECTED_SUBJECT = "sinusnode.launch.subject";
    private static final String EXPECTED_PATIENT = "sinusnode.launch.patient";
    private static final String EXPECTED_ENCOUNTER = "sinusnode.launch.encounter";

    private static final String CODE_CHALLENGE = "code_challenge";

    /** A verified launch that waits for its user to log in. */
    public record Expected(String subject, LaunchContext context) {}

    /** Keeps a verified launch until the login is done. */
    public static void expect(AuthenticationSessionModel login, LaunchToken launch) {
        login.setClientNote(EXPECTED_SUBJECT, launch.subject());
        login.setClientNote(EXPECTED_PATIENT, launch.patient());
        if (launch.encounter() != null) {
            login.setClientNote(EXPECTED_ENCOUNTER, launch.encounter());
        }
    }

    static Optional<Expected> expected(AuthenticationSessionModel login) {
        String subject = login.getClientNote(EXPECTED_SUBJECT);
        String patient = login.getClientNote(EXPECTED_PATIENT);
        return subject == null || patient == null
                ? Optional.empty()
                : Optional.of(
                        new Expected(subject, new LaunchContext(patient, login.getClientNote(EXPECTED_ENCOUNTER))));
    }

    /** Makes this the login's context; Keycloak copies it into the client session when the login is complete. */
    void settle(AuthenticationSessionModel login) {
        login.setClientNote(PATIENT, patient);
        // An empty text, since the copy only ever adds: another tab's encounter must not stay.
        login.setClientNote(ENCOUNTER, encounter == null ? "" : encounter);
        String challenge = login.getClientNote(CODE_CHALLENGE);
        if (challenge != null) {
            login.setClientNote(OF_CODE + challenge, patient);
        }
    }

    /** The context that stands in a client session now. */
    public static Optional<LaunchContext> current(AuthenticatedClientSessionModel session) {
        String patient = session.getNote(PATIENT);
        String encounter = session.getNote(ENCOUNTER);
        return patient == null
                ? Optional.empty()
                : Optional.of(new LaunchContext(patient, encounter == null || encounter.isEmpty() ? null : encounter));
    }

    /** The patient of the login with this PKCE challenge; asked once, when its code is redeemed. */
    public static Optional<String> takePatientOfCode(
            AuthenticatedClientSessionModel session, @Nullable String challenge) {
        String patient = session.getNote(OF_CODE + challenge);
        session.removeNote(OF_CODE + challenge);
        return Optional.ofNullable(patient);
    }
}
