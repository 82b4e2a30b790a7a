package eu.sinusnode.server.keys;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code GET /.well-known/launch-jwks.json}, open to anybody: public keys alone. */
final class LaunchKeySetServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient LaunchKeySet keys;

    LaunchKeySetServlet(LaunchKeySet keys) {
        this.keys = keys;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] document = keys.json().getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/jwk-set+json;charset=UTF-8");
        response.setHeader("Cache-Control", "public, max-age=30");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
