package eu.sinusnode.keycloak.context;

import eu.sinusnode.keycloak.launch.LaunchScopes;
import eu.sinusnode.keycloak.picker.ListedPatient;
import eu.sinusnode.keycloak.picker.PatientDirectory;
import eu.sinusnode.keycloak.picker.PatientList;
import eu.sinusnode.keycloak.picker.PatientsUnavailableException;
import eu.sinusnode.keycloak.picker.PickerToken;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The last step of each login: says which patient it is for. A launch from a portal has chosen one, for one user; a
 * patient has the own record; everybody else who asks for {@code launch/patient} chooses among those whom the FHIR server
 * lists to them. A login that asks for no patient passes.
 */
final class PatientContextAuthenticator implements Authenticator {

    private static final Logger LOG = Logger.getLogger(PatientContextAuthenticator.class);

    /** The user attribute that binds a person to one record; only the administrator edits it. */
    private static final String OWN_PATIENT = "patient";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        dropRefusedOfflineAccess(context);
        Optional<LaunchContext.Expected> launch = LaunchContext.expected(context.getAuthenticationSession());
        String own = context.getUser().getFirstAttribute(OWN_PATIENT);
        if (launch.isPresent()) {
            launched(context, launch.get(), Optional.ofNullable(own));
        } else if (!asksForPatient(context)) {
            context.success();
        } else if (own != null) {
            settle(context, new LaunchContext(own, null));
        } else {
            pick(context, "");
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(PickerPage.CANCEL)) {
            context.cancelLogin();
        } else if (form.getFirst(PickerPage.PATIENT) != null) {
            choose(context, form.getFirst(PickerPage.PATIENT));
        } else {
            pick(
                    context,
                    Optional.ofNullable(form.getFirst(PickerPage.NAME))
                            .orElse("")
                            .strip());
        }
    }

    private static void launched(
            AuthenticationFlowContext context, LaunchContext.Expected launch, Optional<String> own) {
        if (!launch.subject().equals(context.getUser().getId())) {
            PickerPage.refuse(context, "launch_of_another_user", "sinusnodeLaunchOfAnotherUser");
        } else if (own.filter(patient -> !patient.equals(launch.context().patient()))
                .isPresent()) {
            PickerPage.refuse(context, "launch_for_another_patient", "sinusnodeLaunchForAnotherPatient");
        } else {
            settle(context, launch.context());
        }
    }

    /**
     * Whoever may not have {@code offline_access} logs in without it, as with every other scope; Keycloak would refuse the
     * whole code instead.
     */
    private static void dropRefusedOfflineAccess(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Set<String> asked = LaunchScopes.parse(login.getClientNote(OAuth2Constants.SCOPE));
        if (asked.contains(LaunchScopes.OFFLINE)
                && !LaunchScopes.granted(login.getClient(), context.getUser(), LaunchScopes.OFFLINE)) {
            login.setClientNote(
                    OAuth2Constants.SCOPE,
                    asked.stream()
                            .filter(scope -> !scope.equals(LaunchScopes.OFFLINE))
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
    }

    private static boolean asksForPatient(AuthenticationFlowContext context) {
        Set<String> asked =
                LaunchScopes.parse(context.getAuthenticationSession().getClientNote(OAuth2Constants.SCOPE));
        return Set.of(LaunchScopes.EHR, LaunchScopes.STANDALONE).stream()
                .filter(asked::contains)
                .anyMatch(scope ->
                        LaunchScopes.granted(context.getAuthenticationSession().getClient(), context.getUser(), scope));
    }

    private void pick(AuthenticationFlowContext context, String name) {
        Optional<PickerToken> token = token(context);
        if (token.isEmpty()) {
            PickerPage.refuse(context, "no_patients_for_this_account", "sinusnodePickerNotForAccount");
            return;
        }
        try {
            PatientList list =
                    new PatientDirectory(endpoint(context), token.get().value()).list(name);
            if (token.get().ofARepresentative()
                    && name.isEmpty()
                    && !list.more()
                    && list.patients().size() == 1) {
                settle(context, new LaunchContext(list.patients().get(0).id(), null));
            } else {
                PickerPage.show(context, list, name);
            }
        } catch (PatientsUnavailableException e) {
            unavailable(context, e);
        }
    }

    /** The page's word is not taken: the FHIR server is asked again, for this one. */
    private void choose(AuthenticationFlowContext context, String id) {
        Optional<PickerToken> token = token(context);
        if (token.isEmpty()) {
            PickerPage.refuse(context, "no_patients_for_this_account", "sinusnodePickerNotForAccount");
            return;
        }
        try {
            Optional<ListedPatient> patient =
                    new PatientDirectory(endpoint(context), token.get().value()).find(id);
            if (patient.isPresent()) {
                settle(context, new LaunchContext(patient.get().id(), null));
            } else {
                PickerPage.refuse(context, "patient_not_available", "sinusnodePickerNotAvailable");
            }
        } catch (PatientsUnavailableException e) {
            unavailable(context, e);
        }
    }

    private static String endpoint(AuthenticationFlowContext context) {
        return Optional.ofNullable(context.getAuthenticatorConfig())
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(PatientContextAuthenticatorFactory.ENDPOINT))
                .orElseThrow(() -> new IllegalStateException("The login step " + PatientContextAuthenticatorFactory.ID
                        + " needs the setting " + PatientContextAuthenticatorFactory.ENDPOINT + "."));
    }

    private static void unavailable(AuthenticationFlowContext context, PatientsUnavailableException e) {
        LOG.warnf("The patient picker has nothing to show: %s", e.getMessage());
        PickerPage.unavailable(context);
    }

    private static Optional<PickerToken> token(AuthenticationFlowContext context) {
        return PickerToken.mint(
                context.getSession(),
                context.getRealm(),
                context.getAuthenticationSession().getClient(),
                context.getUser());
    }

    private static void settle(AuthenticationFlowContext context, LaunchContext launch) {
        OtherTabs.endUnlessFor(launch.patient(), context.getSession(), context.getAuthenticationSession());
        launch.settle(context.getAuthenticationSession());
        context.success();
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // There is nothing that the user could set up.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
