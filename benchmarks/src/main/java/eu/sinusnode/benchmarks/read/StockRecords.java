package eu.sinusnode.benchmarks.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Puts records of ours into the stock server by the same ids. What they name is there in name only, before them. */
final class StockRecords {

    private static final String NAMES = "\\w+/[\\w.-]+";

    private final String base;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> there = new HashSet<>();

    /** @param base FHIR base of the stock server */
    StockRecords(String base) {
        this.base = base;
    }

    void bring(JsonNode resource) {
        resource.findValuesAsText("reference").stream()
                .filter(reference -> reference.matches(NAMES))
                .filter(there::add)
                .forEach(this::stub);
        ObjectNode copy = resource.deepCopy();
        copy.remove("meta");
        put(copy.path("resourceType").asText() + "/" + copy.path("id").asText(), copy.toString());
    }

    private void stub(String reference) {
        int slash = reference.indexOf('/');
        put(
                reference,
                "{\"resourceType\":\"%s\",\"id\":\"%s\"}"
                        .formatted(reference.substring(0, slash), reference.substring(slash + 1)));
    }

    private void put(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/" + path))
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
            if (answer.statusCode() >= 300) {
                throw new Trouble(
                        "The stock server did not take " + path.substring(0, path.indexOf('/')) + ": status "
                                + answer.statusCode() + ".",
                        "Its log tells why.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The stock server cannot be reached.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while records were brought.");
        }
    }
}
