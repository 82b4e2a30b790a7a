package eu.sinusnode.keycloak.policy;

import eu.sinusnode.keycloak.http.FhirHttp;
import eu.sinusnode.keycloak.launch.LaunchKeys;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** Makes the executor for each request; keeps the launch keys between them. */
public final class SmartLaunchExecutorFactory implements ClientPolicyExecutorProviderFactory {

    /** The realm file's {@code executor}. */
    public static final String ID = "sinusnode-smart-launch";

    private final Map<String, LaunchKeys> keys = new ConcurrentHashMap<>();

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new SmartLaunchExecutor(
                session, url -> keys.computeIfAbsent(url, same -> new LaunchKeys(() -> fetch(same))));
    }

    private static String fetch(String url) throws IOException {
        FhirHttp.Answer answer = FhirHttp.get(URI.create(url), Map.of("Accept", "application/jwk-set+json"));
        if (answer.status() != 200) {
            throw new IOException("The FHIR server's launch keys: status " + answer.status() + ".");
        }
        return answer.body();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "SMART App Launch: aud must be the FHIR server, launch must be good, and tokens stay with their patient.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                text("fhir-base", "FHIR base URL", "What aud must say"),
                text("launch-keys", "Launch keys", "URL of the FHIR server's JWK set for launches"),
                text("client-scope", "Client scope", "Clients with this default scope are checked"));
    }

    private static ProviderConfigProperty text(String name, String label, String help) {
        return new ProviderConfigProperty(name, label, help, ProviderConfigProperty.STRING_TYPE, "");
    }

    @Override
    public void init(Config.Scope config) {
        // The settings are the policy's.
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
