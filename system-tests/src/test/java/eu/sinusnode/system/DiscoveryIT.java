package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the FHIR server says of the authorization server is what that says of itself. */
@ExtendWith(SystemExtension.class)
class DiscoveryIT {

    @Test
    void bothDiscoveryDocumentsNameTheSameEndpoints(RunningSystem system) throws Exception {
        JsonNode smart = get(system.installation().fhirBase() + "/.well-known/smart-configuration");
        JsonNode issuer = get(system.installation().issuer() + "/.well-known/openid-configuration");

        for (String field : new String[] {
            "issuer",
            "jwks_uri",
            "authorization_endpoint",
            "token_endpoint",
            "introspection_endpoint",
            "revocation_endpoint"
        }) {
            assertThat(smart.path(field).asText())
                    .as(field)
                    .isNotEmpty()
                    .isEqualTo(issuer.path(field).asText());
        }
        for (String field : new String[] {
            "grant_types_supported",
            "response_types_supported",
            "code_challenge_methods_supported",
            "token_endpoint_auth_signing_alg_values_supported"
        }) {
            assertThat(smart.path(field)).as(field).isNotEmpty().allSatisfy(value -> assertThat(issuer.path(field))
                    .contains(value));
        }
    }

    private static JsonNode get(String uri) throws Exception {
        return RunningSystem.json(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                .body());
    }
}
