package eu.sinusnode.launcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bulk imports by one caller: {@code $import}, its status and the lines that it refused. */
public final class BulkImport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern PROGRESS = Pattern.compile("(\\d+) lines read, .*\\((\\d+) %\\)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Installation installation;
    private final Callers callers;
    private final String caller;

    /** @param caller a client of the installation, e.g. {@code loader} */
    public BulkImport(Installation installation, Callers callers, String caller) {
        this.installation = installation;
        this.callers = callers;
        this.caller = caller;
    }

    /** A file of the caller's folder, and the resource type of its lines. */
    public record Input(String type, String name) {}

    /**
     * How far an import is.
     *
     * @param lines that were read so far; when it has ended, 0
     * @param percent of the bytes
     * @param manifest what came of it; null while it is under way
     */
    public record State(long lines, int percent, @Nullable JsonNode manifest) {}

    /** The caller's own folder; its files are the server's to read. */
    public Path folder() {
        Path folder = installation.home().imports().resolve(claims().path("azp").asText());
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return folder;
        } catch (IOException e) {
            throw new Trouble(
                    "The folder " + folder + " cannot be made (" + e.getMessage() + ").",
                    "Run this as the user who owns " + installation.home().root() + ".",
                    e);
        }
    }

    /** What the caller's token says of it. */
    public JsonNode claims() {
        try {
            return JSON.readTree(
                    Base64.getUrlDecoder().decode(callers.token(caller).split("\\.")[1]));
        } catch (IOException e) {
            throw new Trouble("The token of " + caller + " cannot be read.", "Log in again.", e);
        }
    }

    /** @return where its status is asked for */
    public String start(List<Input> files) {
        ObjectNode order = JSON.createObjectNode().put("resourceType", "Parameters");
        ArrayNode parameters = order.putArray("parameter");
        parameters.addObject().put("name", "inputFormat").put("valueCode", "application/fhir+ndjson");
        for (Input file : files) {
            ArrayNode input = parameters.addObject().put("name", "input").putArray("part");
            input.addObject().put("name", "type").put("valueCode", file.type());
            input.addObject().put("name", "url").put("valueUri", file.name());
        }
        HttpResponse<String> answer = send(request(installation.fhirBase() + "/$import")
                .header("Prefer", "respond-async")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(order.toString())));
        if (answer.statusCode() != 202) {
            throw refused(answer);
        }
        return answer.headers().firstValue("Content-Location").orElseThrow();
    }

    public State look(String status) {
        HttpResponse<String> answer = send(request(status).GET());
        if (answer.statusCode() == 202) {
            Matcher progress =
                    PROGRESS.matcher(answer.headers().firstValue("X-Progress").orElse(""));
            return progress.matches()
                    ? new State(Long.parseLong(progress.group(1)), Integer.parseInt(progress.group(2)), null)
                    : new State(0, 0, null);
        }
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        try {
            return new State(0, 100, JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new Trouble("The import's manifest cannot be read.", "Ask for it again: " + status, e);
        }
    }

    /** @param url of a file's refused lines, as the manifest names it */
    public String errors(String url) {
        HttpResponse<String> answer = send(request(url).GET());
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + callers.token(caller));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Trouble(
                    "The FHIR server does not answer (" + e + ").",
                    "./sinusnode status shows whether it runs, ./sinusnode up starts it.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("The request was interrupted.", "The import goes on; ask for its status.", e);
        }
    }

    private static Trouble refused(HttpResponse<String> answer) {
        String said;
        try {
            said = JSON.readTree(answer.body()).at("/issue/0/diagnostics").asText();
        } catch (IOException e) {
            said = "";
        }
        return new Trouble(
                "The server answered with " + answer.statusCode() + ". " + said,
                "docs/bulk-import.md says who may import what.");
    }
}
