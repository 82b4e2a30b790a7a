package eu.sinusnode.launcher.http;

import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for an endpoint that answers 200 once its program can work. */
public record Readiness(HttpClient client, URI endpoint) {

    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** What became of the wait. */
    public enum Outcome {
        READY,
        DIED,
        TOO_LONG
    }

    /** @param alive false once the program behind the endpoint has ended, so that nobody waits for the dead */
    public Outcome await(Duration patience, BooleanSupplier alive) {
        Instant until = Instant.now().plus(patience);
        while (Instant.now().isBefore(until)) {
            if (isReady()) {
                return Outcome.READY;
            }
            if (!alive.getAsBoolean()) {
                return Outcome.DIED;
            }
            pause();
        }
        return Outcome.TOO_LONG;
    }

    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(ATTEMPT).build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Trouble interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Trouble("The wait was interrupted.", "Run the command again.", e);
    }
}
