package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An OpenID issuer's discovery document. */
public final class IssuerDiscovery {

    private IssuerDiscovery() {}

    /**
     * @throws RequestRefused when the issuer has no such document
     * @throws TransientFailure when it stays away
     */
    public static URI tokenEndpoint(HttpClient http, URI issuer, Retry retry) {
        URI document = URI.create(issuer.toString().replaceAll("/+$", "") + "/.well-known/openid-configuration");
        HttpRequest request = HttpRequest.newBuilder(document)
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .build();
        return retry.run(() -> {
            HttpResponse<String> response = HttpCalls.send(http, request, HttpResponse.BodyHandlers.ofString());
            if (HttpCalls.isTransient(response.statusCode())) {
                throw HttpCalls.transientFailure(response, "The issuer is busy");
            }
            if (response.statusCode() != 200) {
                throw new RequestRefused(
                        response.statusCode(),
                        "%s answered %d; is the issuer right?".formatted(document, response.statusCode()));
            }
            return read(response.body(), document);
        });
    }

    private static URI read(String body, URI document) {
        try {
            String endpoint =
                    new ObjectMapper().readTree(body).path("token_endpoint").asText();
            if (endpoint.isEmpty()) {
                throw new RequestRefused(200, document + " names no token_endpoint");
            }
            return URI.create(endpoint);
        } catch (IOException e) {
            throw new TransientFailure(document + " was cut off", e);
        }
    }
}
