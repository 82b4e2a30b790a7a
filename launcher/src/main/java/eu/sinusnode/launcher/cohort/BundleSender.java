package eu.sinusnode.launcher.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.nio.file.Path;
import java.util.Set;

/** Posts one transaction Bundle and counts what the server confirms. All entries are PUTs: sent again, nothing changes. */
public final class BundleSender {

    private static final int ATTEMPTS = 4;
    /** Overload, or two transactions that met on one row. */
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(409, 429, 503);

    private final FhirEndpoint endpoint;

    /** @param endpoint with the loader's token */
    public BundleSender(FhirEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * @param entries how many the Bundle has
     * @return how many of them the server did not have before
     * @throws Trouble when the server refuses the Bundle or does not confirm each entry
     */
    long send(Path file, byte[] body, int entries) {
        for (int attempt = 1; ; attempt++) {
            Answer answer = endpoint.post("", body);
            if (answer.isOk()) {
                return created(file, answer, entries);
            }
            if (attempt == ATTEMPTS || !WORTH_ANOTHER_TRY.contains(answer.status())) {
                throw new Trouble(
                        "The server refused the bundle " + file.getFileName() + " with " + answer.status() + ": "
                                + answer.diagnostics(),
                        "The bundle is " + file + "; the server's log is logs/server.log in the state directory.");
            }
            pause(attempt);
        }
    }

    private static long created(Path file, Answer answer, int entries) {
        long created = 0;
        long confirmed = 0;
        for (JsonNode entry : answer.body().path("entry")) {
            String status = entry.path("response").path("status").asText();
            created += status.startsWith("201") ? 1 : 0;
            confirmed += status.startsWith("20") ? 1 : 0;
        }
        if (confirmed != entries) {
            throw new Trouble(
                    "The server confirmed " + confirmed + " of " + entries + " entries of " + file.getFileName() + ".",
                    "The server's log is logs/server.log in the state directory.");
        }
        return created;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(500L * attempt * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("The load was interrupted.", "Run the command again; it goes on.", e);
        }
    }
}
