package eu.sinusnode.benchmarks.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of a bulk export: the steps of HL7's Bulk Data Access IG. */
public final class ExportRequests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final @Nullable Supplier<String> token;

    /** @param token of the caller, asked for before each request; null for a server that asks for none */
    public ExportRequests(String base, @Nullable Supplier<String> token) {
        this.base = base;
        this.token = token;
    }

    /**
     * What came of a file.
     *
     * @param lines one resource each
     */
    record Fetched(long lines, long bytes) {}

    /** @return where its status is asked for */
    String start(String query) {
        HttpResponse<String> answer = send(
                request(base + "/$export?" + query)
                        .header("Prefer", "respond-async")
                        .header("Accept", "application/fhir+json"),
                BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw refused(answer.statusCode());
        }
        return answer.headers().firstValue("Content-Location").orElseThrow();
    }

    /**
     * How far an export is.
     *
     * @param said its X-Progress
     * @param files where they are fetched; null while it is under way
     */
    record State(String said, @Nullable List<String> files) {}

    State look(String status) {
        HttpResponse<String> answer = send(request(status), BodyHandlers.ofString());
        if (answer.statusCode() == 202) {
            return new State(answer.headers().firstValue("X-Progress").orElse(""), null);
        }
        if (answer.statusCode() != 200) {
            throw refused(answer.statusCode());
        }
        List<String> files = new ArrayList<>();
        try {
            for (JsonNode file : JSON.readTree(answer.body()).path("output")) {
                files.add(file.path("url").asText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The manifest of an export cannot be read.", e);
        }
        return new State("complete", files);
    }

    /** Reads a file to its end and keeps nothing of it. */
    Fetched fetch(String url) {
        // Anything but a FHIR format, or the stock server gives the Binary around it.
        HttpResponse<InputStream> answer =
                send(request(url).header("Accept", "application/fhir+ndjson"), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw refused(answer.statusCode());
        }
        long lines = 0;
        long bytes = 0;
        byte[] part = new byte[64 << 10];
        try (InputStream body = answer.body()) {
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                bytes += read;
                for (int i = 0; i < read; i++) {
                    if (part[i] == '\n') {
                        lines++;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A file of an export broke off.", e);
        }
        return new Fetched(lines, bytes);
    }

    /** Clears away what was exported. */
    void forget(String status) {
        send(request(status).DELETE(), BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return token == null ? request : request.header("Authorization", "Bearer " + token.get());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException("The server that exports cannot be reached.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while an export was waited for.");
        }
    }

    private static Trouble refused(int status) {
        return new Trouble("The server that exports answered with " + status + ".", "Its log tells why.");
    }
}
