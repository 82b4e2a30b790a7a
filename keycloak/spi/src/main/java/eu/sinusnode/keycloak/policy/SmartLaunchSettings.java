package eu.sinusnode.keycloak.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;

/** The executor's part of the realm file. */
public final class SmartLaunchSettings extends ClientPolicyExecutorConfigurationRepresentation {

    @JsonProperty("fhir-base")
    private @Nullable String fhirBase;

    @JsonProperty("launch-keys")
    private @Nullable String launchKeys;

    @JsonProperty("client-scope")
    private @Nullable String clientScope;

    /** The FHIR server's base URL: what {@code aud} must say, and who issues launches. */
    String fhirBase() {
        return require(fhirBase, "fhir-base");
    }

    /** Where the FHIR server's launch keys are, a JWK set. */
    String launchKeys() {
        return require(launchKeys, "launch-keys");
    }

    /** The default client scope by which a client's tokens are for the FHIR server; others are none of our business. */
    String clientScope() {
        return require(clientScope, "client-scope");
    }

    @Override
    public boolean validateConfig() {
        return fhirBase != null && launchKeys != null && clientScope != null;
    }

    private static String require(@Nullable String value, String name) {
        if (value == null) {
            throw new IllegalStateException(
                    "The client policy executor " + SmartLaunchExecutorFactory.ID + " needs the setting " + name + ".");
        }
        return value;
    }
}
