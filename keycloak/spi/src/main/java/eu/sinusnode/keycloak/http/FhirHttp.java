package eu.sinusnode.keycloak.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code GET} from the FHIR server: no redirects, a few seconds, a few hundred kilobytes. */
public final class FhirHttp {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final long LONGEST_ANSWER = 512 * 1024;

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private FhirHttp() {}

    /** What came back. */
    public record Answer(int status, String body) {}

    /** @throws IOException when there is no complete answer in time */
    public static Answer get(URI uri, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer =
                CLIENT.sendAsync(request.build(), head -> new LimitedBody(LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw new IOException("The FHIR server gave no answer.", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("The FHIR server took too long.", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the FHIR server was asked.", e);
        }
    }
}
