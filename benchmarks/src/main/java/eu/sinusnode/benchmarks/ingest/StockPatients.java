package eu.sinusnode.benchmarks.ingest;

import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The patients whose vital signs are sent, in a server that has tables of its own. */
public final class StockPatients {

    private StockPatients() {}

    public static void bring(String base, List<String> patients) {
        HttpClient client = HttpClient.newHttpClient();
        for (String patient : patients) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/Patient/" + patient))
                    .header("Content-Type", "application/fhir+json")
                    .PUT(BodyPublishers.ofString("{\"resourceType\":\"Patient\",\"id\":\"" + patient + "\"}"))
                    .build();
            try {
                HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
                if (answer.statusCode() >= 300) {
                    throw new Trouble(
                            "The stock server did not take a patient: status " + answer.statusCode() + ".",
                            "Its log tells why.");
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The stock server cannot be reached.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted while patients were brought.");
            }
        }
    }
}
