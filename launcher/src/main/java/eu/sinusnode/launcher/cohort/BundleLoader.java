package eu.sinusnode.launcher.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Posts transaction Bundles over several connections. A Bundle waits for those earlier ones that write what it refers to;
 * every entry is a PUT, so a Bundle that is sent again changes nothing.
 */
public final class BundleLoader {

    private static final int CONNECTIONS = 4;
    private static final int ATTEMPTS = 4;

    private final FhirEndpoint endpoint;

    /** @param endpoint with the loader's token */
    public BundleLoader(FhirEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Sends all Bundles.
     *
     * @throws Trouble when the server refuses one; what was sent before stays
     */
    public LoadFigures load(Bundles bundles, Progress.Task task) {
        Map<String, CompletableFuture<LoadFigures>> writers = new HashMap<>();
        List<CompletableFuture<LoadFigures>> all = new ArrayList<>();
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        Backlog backlog = new Backlog(CONNECTIONS * 2);
        AtomicBoolean refused = new AtomicBoolean();
        try {
            for (Path file : bundles.files()) {
                backlog.enter();
                if (refused.get()) {
                    break;
                }
                byte[] body = Bundles.read(file);
                BundleContent content = BundleContent.of(body);
                CompletableFuture<?>[] before = content.needs().stream()
                        .map(writers::get)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toArray(CompletableFuture<?>[]::new);
                CompletableFuture<LoadFigures> sending = CompletableFuture.allOf(before)
                        .thenApplyAsync(ready -> send(file, body, content), connections)
                        .whenComplete((figures, failure) -> {
                            refused.compareAndSet(false, failure != null);
                            backlog.leave();
                            task.advance(1);
                        });
                content.defines().forEach(id -> writers.put(id, sending));
                all.add(sending);
            }
            return all.stream().map(CompletableFuture::join).reduce(LoadFigures.NONE, LoadFigures::plus);
        } catch (CompletionException e) {
            throw e.getCause() instanceof Trouble trouble ? trouble : e;
        } finally {
            connections.shutdownNow();
        }
    }

    /** Sends one Bundle, again when the server is briefly unable. */
    LoadFigures send(Path file, byte[] body, BundleContent content) {
        for (int attempt = 1; ; attempt++) {
            Answer answer = endpoint.post("", body);
            if (answer.isOk()) {
                return confirmed(file, answer, content);
            }
            boolean transientFailure = answer.status() == 503 || answer.status() == 429 || answer.status() == 409;
            if (!transientFailure || attempt == ATTEMPTS) {
                throw new Trouble(
                        "The server refused the bundle " + file.getFileName() + " with " + answer.status() + ": "
                                + answer.diagnostics(),
                        "The bundle is " + file + "; ./sinusnode status names the server's log.");
            }
            pause(attempt);
        }
    }

    private static LoadFigures confirmed(Path file, Answer answer, BundleContent content) {
        long created = 0;
        long confirmed = 0;
        for (JsonNode entry : answer.body().path("entry")) {
            String status = entry.path("response").path("status").asText();
            created += status.startsWith("201") ? 1 : 0;
            confirmed += status.startsWith("20") ? 1 : 0;
        }
        if (confirmed != content.kinds().size()) {
            throw new Trouble(
                    "The server confirmed " + confirmed + " of "
                            + content.kinds().size() + " entries of " + file.getFileName() + ".",
                    "./sinusnode status names the server's log.");
        }
        return LoadFigures.of(content.kinds(), created);
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
