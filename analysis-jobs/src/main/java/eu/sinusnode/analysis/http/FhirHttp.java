package eu.sinusnode.analysis.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the FHIR server with the job's token. A token that the server no longer takes is renewed once; reads are
 * done again after passing failures. Safe for several threads.
 */
public final class FhirHttp {

    private static final String FHIR_JSON = "application/fhir+json";
    /** As long as one range of patients may take to stream. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final HttpClient http;
    private final URI base;
    private final AccessTokens tokens;
    private final Retry retry;

    /** Reads an answer's body to its end. */
    @FunctionalInterface
    interface BodyReader<T> {
        T read(InputStream body) throws IOException;
    }

    /** @param base of the server, e.g. {@code http://127.0.0.1:8080/fhir} */
    public FhirHttp(HttpClient http, URI base, AccessTokens tokens, Retry retry) {
        this.http = http;
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.tokens = tokens;
        this.retry = retry;
    }

    /**
     * @param path below the base, with its query, encoded
     * @throws RequestRefused when the server refuses for good
     * @throws TransientFailure when it stays away, or the body is cut off, or {@code reader} says so
     */
    <T> T get(String path, String accept, BodyReader<T> reader) {
        return retry.run(() -> once(builder(path, accept).GET(), reader));
    }

    <T extends Resource> T get(String path, Class<T> type) {
        return get(path, FHIR_JSON, body -> parse(body, type));
    }

    /** All that a search finds, page by page. @param query the type and its conditions, encoded */
    <T extends Resource> List<T> all(String query, Class<T> type) {
        List<T> all = new ArrayList<>();
        String page = query;
        while (page != null) {
            Bundle found = get(page, Bundle.class);
            found.getEntry().stream()
                    .map(Bundle.BundleEntryComponent::getResource)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .map(Versions::inId)
                    .forEach(all::add);
            page = next(found);
        }
        return all;
    }

    /**
     * The server names itself by the address that it is known by, which need not be the one that it is asked at. So the next
     * page is asked for below our base, and the token goes nowhere else.
     *
     * @return path with its query; null when there is no further page
     */
    private static @Nullable String next(Bundle found) {
        if (found.getLink(IBaseBundle.LINK_NEXT) == null) {
            return null;
        }
        URI next = URI.create(found.getLink(IBaseBundle.LINK_NEXT).getUrl());
        String path = next.getRawPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean ofType = !last.isEmpty() && Character.isUpperCase(last.charAt(0));
        return (ofType ? last : "") + "?" + next.getRawQuery();
    }

    /** One attempt: whether a write was stored is for the caller to find out. */
    <T extends Resource> T post(String path, Resource resource, Class<T> answer) {
        return once(posting(path, resource), body -> parse(body, answer));
    }

    /** One attempt at a write of whose answer nothing is needed but that it was stored. */
    void post(String path, Resource resource) {
        once(posting(path, resource), body -> body.transferTo(OutputStream.nullOutputStream()));
    }

    private HttpRequest.Builder posting(String path, Resource resource) {
        String json = parser().encodeResourceToString(resource);
        return builder(path, FHIR_JSON)
                .header("Content-Type", FHIR_JSON + "; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
    }

    private <T> T once(HttpRequest.Builder request, BodyReader<T> reader) {
        String token = tokens.current();
        HttpResponse<InputStream> response = send(request, token);
        if (response.statusCode() == 401) {
            close(response.body());
            tokens.discard(token);
            response = send(request, tokens.current());
        }
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status >= 200 && status < 300) {
                return reader.read(body);
            }
            if (HttpCalls.isTransient(status)) {
                throw HttpCalls.transientFailure(response, "The server is busy");
            }
            throw new RequestRefused(
                    status, "The server refused %s with %d: %s".formatted(path(response.uri()), status, outcome(body)));
        } catch (IOException e) {
            throw new TransientFailure("The answer to %s was cut off".formatted(path(response.uri())), e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request, String token) {
        HttpRequest authorized =
                request.copy().setHeader("Authorization", "Bearer " + token).build();
        return HttpCalls.send(http, authorized, HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder builder(String path, String accept) {
        URI uri = URI.create(path.isEmpty() || path.startsWith("?") ? base + path : base + "/" + path);
        // What was just written must be found: no reuse of an earlier search.
        return HttpRequest.newBuilder(uri)
                .timeout(LONGEST)
                .header("Accept", accept)
                .header("Cache-Control", "no-cache");
    }

    private static void close(InputStream body) {
        try (body) {
            body.skip(0);
        } catch (IOException e) {
            throw new TransientFailure("The answer was cut off", e);
        }
    }

    private static <T extends Resource> T parse(InputStream body, Class<T> type) throws IOException {
        String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        try {
            return parser().parseResource(type, json);
        } catch (DataFormatException e) {
            throw new IOException("The answer is no " + type.getSimpleName(), e);
        }
    }

    /** The diagnostics of an OperationOutcome, which name codes and remedies and no content of a record. */
    private static String outcome(InputStream body) throws IOException {
        try {
            return parse(body, OperationOutcome.class).getIssue().stream()
                    .map(OperationOutcome.OperationOutcomeIssueComponent::getDiagnostics)
                    .reduce((one, other) -> one + "; " + other)
                    .orElse("no reason given");
        } catch (IOException e) {
            return "no OperationOutcome";
        }
    }

    /** Without the query, which names a patient. */
    private static String path(URI uri) {
        return uri.getPath();
    }

    private static IParser parser() {
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        parser.setStripVersionsFromReferences(false);
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        return parser;
    }
}
