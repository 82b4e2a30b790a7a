package eu.sinusnode.keycloak.testkit.smart;

import eu.sinusnode.keycloak.testkit.TestKeycloak;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One browser session with Keycloak: keeps its cookies, follows its redirects, fills in its forms. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final TestKeycloak keycloak;
    private String language = "en";

    Browser(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    /** Where a browser stands: on a page of Keycloak's, or back at the app with its parameters. */
    record Place(int status, String body, Map<String, String> back) {

        boolean isBackAtApp() {
            return !back.isEmpty();
        }
    }

    Browser speaking(String languageTag) {
        language = languageTag;
        return this;
    }

    /** Opens the address; where a login page comes, the person logs in, with the second factor if it is asked for. */
    Place open(URI uri, String username) {
        Place place = get(uri);
        if (place.body().contains("id=\"kc-form-login\"")) {
            place = submit(
                    place, Map.of("username", username, "password", keycloak.password(username), "credentialId", ""));
        }
        if (place.body().contains("id=\"kc-otp-login-form\"")) {
            place = submit(place, Map.of("otp", keycloak.secondFactor(username)));
        }
        return place;
    }

    Place get(URI uri) {
        return follow(HttpRequest.newBuilder(uri).GET(), uri);
    }

    /** Sends the page's first form with these fields. */
    Place submit(Place page, Map<String, String> fields) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("No form on this page (status " + page.status() + "): " + page.body());
        }
        URI action = keycloak.issuer().uri().resolve(form.group(1).replace("&amp;", "&"));
        return follow(
                HttpRequest.newBuilder(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(fields))),
                action);
    }

    private Place follow(HttpRequest.Builder request, URI from) {
        HttpResponse<String> answer = send(request);
        URI at = from;
        for (int hops = 0; answer.statusCode() >= 300 && answer.statusCode() < 400 && hops < 8; hops++) {
            at = at.resolve(answer.headers().firstValue("Location").orElseThrow());
            if (!at.getAuthority().equals(keycloak.issuer().uri().getAuthority())) {
                return new Place(answer.statusCode(), "", query(at));
            }
            answer = send(HttpRequest.newBuilder(at).GET());
        }
        return new Place(answer.statusCode(), answer.body(), Map.of());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        request.header("Accept", "text/html").header("Accept-Language", language);
        if (!cookies.isEmpty()) {
            request.header("Cookie", String.join("; ", cookies.values()));
        }
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("Keycloak gave no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String setCookie) {
        String pair = setCookie.split(";", 2)[0];
        String name = pair.split("=", 2)[0];
        if (setCookie.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : String.valueOf(uri.getRawQuery()).split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return parameters;
    }
}
