package eu.sinusnode.launcher.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The FHIR API as one caller sees it. Safe for several threads. */
public final class FhirEndpoint {

    /** A transaction of some hundred vitals on a cold server takes seconds; this is for a server that hangs. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final String base;
    private final Supplier<String> token;

    /**
     * @param base e.g. {@code http://127.0.0.1:8080/fhir}
     * @param token asked before each request for an access token that is valid then
     */
    public FhirEndpoint(HttpClient client, String base, Supplier<String> token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /** @param path below the base, e.g. {@code Patient/1}, or an absolute page link of this server */
    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** @param path below the base; empty for the base itself, where transactions go */
    public Answer post(String path, byte[] resource) {
        return send("POST", path, BodyPublishers.ofByteArray(resource));
    }

    public Answer put(String path, byte[] resource) {
        return send("PUT", path, BodyPublishers.ofByteArray(resource));
    }

    /**
     * Every resource that a search finds, over all its pages.
     *
     * @throws Trouble when the search is refused
     */
    public List<JsonNode> searchAll(String query) {
        List<JsonNode> found = new ArrayList<>();
        Optional<String> page = Optional.of(query);
        while (page.isPresent()) {
            Answer answer = get(page.get());
            if (!answer.isOk()) {
                throw new Trouble(
                        "The search " + query + " was refused with " + answer.status() + " " + answer.diagnostics(),
                        "The server's log says more: ./sinusnode status names it.");
            }
            found.addAll(answer.resources());
            page = answer.nextPage();
        }
        return found;
    }

    private Answer send(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token.get())
                .header("Accept", "application/fhir+json")
                .header("Content-Type", "application/fhir+json")
                .method(method, body)
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (IOException e) {
            throw new Trouble(
                    "The FHIR server at " + base + " does not answer (" + e + ").",
                    "./sinusnode status shows whether it runs, ./sinusnode up starts it.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("The request was interrupted.", "Run the command again.", e);
        }
    }

    private URI uri(String path) {
        if (path.startsWith(base)) {
            return URI.create(path);
        }
        return URI.create(path.isEmpty() ? base : base + "/" + path);
    }

    private static JsonNode parse(byte[] body) throws IOException {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
