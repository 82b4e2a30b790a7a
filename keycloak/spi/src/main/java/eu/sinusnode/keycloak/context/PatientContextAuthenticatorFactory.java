package eu.sinusnode.keycloak.context;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Makes the login's last step; its one setting says where the FHIR server is. */
public final class PatientContextAuthenticatorFactory implements AuthenticatorFactory {

    /** The realm file's {@code authenticator}. */
    public static final String ID = "sinusnode-patient-context";
    /** Setting: the FHIR server's base URL as this machine reaches it. */
    public static final String ENDPOINT = "fhir.endpoint";

    @Override
    public Authenticator create(KeycloakSession session) {
        return new PatientContextAuthenticator();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "SMART launch context";
    }

    @Override
    public String getReferenceCategory() {
        return "launch-context";
    }

    @Override
    public String getHelpText() {
        return "Resolves an EHR launch, or lets the person choose a patient for a standalone launch.";
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED};
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                ENDPOINT,
                "FHIR server",
                "Base URL of the FHIR server as Keycloak reaches it",
                ProviderConfigProperty.STRING_TYPE,
                ""));
    }

    @Override
    public void init(Config.Scope config) {
        // The setting is the flow's.
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
