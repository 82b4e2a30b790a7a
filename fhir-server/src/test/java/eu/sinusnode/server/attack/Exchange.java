package eu.sinusnode.server.attack;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request in one world and its answer.
 *
 * @param asked everything that the caller sent, decoded: what the answer may repeat
 * @param shape what the answer tells, with the world's own values, new ids and the present time taken out
 */
record Exchange(World world, String asked, int status, String raw, String shape) {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private static final List<String> COMPARED = List.of(
            "content-type",
            "etag",
            "last-modified",
            "location",
            "content-location",
            "www-authenticate",
            "retry-after",
            "allow",
            "accept-patch",
            "content-disposition",
            "cache-control",
            "vary",
            "link",
            "warning",
            "progress",
            "x-progress");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern VITAL_NUMBER = Pattern.compile("canary-vital-[0-9a-f]{4}");
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\\d+");
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern HTTP_DATE =
            Pattern.compile("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT");
    private static final Duration PRESENT = Duration.ofHours(2);

    static Exchange of(Template template, World world, String base, String token) {
        String path = uri(world.inUrl(template.path()));
        String body = template.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token);
        boolean typed = false;
        StringBuilder asked = new StringBuilder(base + path);
        for (Map.Entry<String, String> header : template.headers()) {
            request.header(header.getKey(), world.plain(header.getValue()));
            asked.append('\n').append(world.plain(header.getValue()));
            typed |= header.getKey().equals("Content-Type");
        }
        if (body == null) {
            request.method(template.method(), BodyPublishers.noBody());
        } else {
            String sent = template.form() ? world.inUrl(body) : world.plain(body);
            if (!typed) {
                request.header(
                        "Content-Type",
                        template.form() ? "application/x-www-form-urlencoded" : "application/fhir+json");
            }
            request.method(template.method(), BodyPublishers.ofString(sent));
            asked.append('\n').append(sent);
        }
        HttpResponse<String> answer = answer(request.build());
        String raw = text(answer);
        return new Exchange(world, decoded(asked.toString()), answer.statusCode(), raw, shape(raw, world));
    }

    private static HttpResponse<String> answer(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("No answer to " + request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    /** Status, the headers that tell something, whether the length is told, and the body. */
    private static String text(HttpResponse<String> answer) {
        StringBuilder text = new StringBuilder().append(answer.statusCode()).append('\n');
        answer.headers().map().forEach((name, values) -> {
            if (COMPARED.contains(name)) {
                text.append(name).append(": ").append(values).append('\n');
            }
        });
        text.append(answer.headers().firstValue("content-length").isPresent() ? "length told\n" : "chunked\n");
        return text.append(answer.body()).toString();
    }

    private static String shape(String raw, World world) {
        // The attackers' own vitals carry the numbers of all worlds.
        String general = VITAL_NUMBER.matcher(world.without(raw)).replaceAll("«vitalId»");
        // The position of the job's stream moves with whatever is written, also while this runs.
        general = SEQUENCE.matcher(general).replaceAll("\"sequence\":N");
        general = UUID.matcher(general).replaceAll("UUID");
        general = replaced(INSTANT, general, text -> OffsetDateTime.parse(text).toInstant());
        return replaced(HTTP_DATE, general, text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant());
    }

    private static String replaced(Pattern pattern, String text, java.util.function.Function<String, Instant> reading) {
        return pattern.matcher(text).replaceAll(hit -> {
            try {
                Duration age = Duration.between(reading.apply(hit.group()), Instant.now());
                return age.abs().compareTo(PRESENT) < 0 ? "NOW" : Matcher.quoteReplacement(hit.group());
            } catch (DateTimeParseException notATime) {
                return Matcher.quoteReplacement(hit.group());
            }
        });
    }

    /** What a browser would escape too. */
    private static String uri(String path) {
        return path.replace("|", "%7C")
                .replace("\"", "%22")
                .replace(" ", "%20")
                .replace("\\", "%5C")
                .replace("«", "%C2%AB")
                .replace("»", "%C2%BB");
    }

    private static String decoded(String asked) {
        try {
            return asked + URLDecoder.decode(asked, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return asked;
        }
    }
}
