package eu.sinusnode.keycloak.token;

import java.net.CookieHandler;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The cookies of one login, sent back to the authorization server alone. Keycloak marks them {@code Secure}; like a
 * browser, and unlike {@link java.net.CookieManager}, this jar returns such cookies to a loopback address without TLS.
 */
final class LoginCookies extends CookieHandler {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final URI server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    LoginCookies(URI server) {
        this.server = server;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
        if (!isServer(uri) || cookies.isEmpty()) {
            return Map.of();
        }
        return Map.of("Cookie", List.of(String.join("; ", cookies.values())));
    }

    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) {
        if (!isServer(uri)) {
            return;
        }
        responseHeaders.forEach((header, values) -> {
            if ("set-cookie".equalsIgnoreCase(header)) {
                values.forEach(this::keep);
            }
        });
    }

    private void keep(String setCookie) {
        String[] parts = setCookie.split(";", 2);
        String name = parts[0].split("=", 2)[0].strip();
        String attributes = parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT).replace(" ", "") : "";
        if ((attributes + ";").contains("max-age=0;")) {
            cookies.remove(name);
        } else {
            cookies.put(name, parts[0].strip());
        }
    }

    private boolean isServer(URI uri) {
        return server.getAuthority().equals(uri.getAuthority())
                && ("https".equals(uri.getScheme()) || LOOPBACK.contains(uri.getHost()));
    }
}
