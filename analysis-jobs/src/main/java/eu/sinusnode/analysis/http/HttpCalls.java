package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What every call over HTTP has in common: which failures pass, and what of an error may be shown. */
final class HttpCalls {

    private HttpCalls() {}

    /** @throws TransientFailure when there was no answer */
    static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new TransientFailure(
                    "No answer from %s: %s".formatted(request.uri().getAuthority(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for an answer", e);
        }
    }

    /** Too many requests, bad gateway, not available, gateway timeout. */
    static boolean isTransient(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    static TransientFailure transientFailure(HttpResponse<?> response, String what) {
        Duration after = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
        return new TransientFailure(what + " (" + response.statusCode() + ")", after);
    }
}
