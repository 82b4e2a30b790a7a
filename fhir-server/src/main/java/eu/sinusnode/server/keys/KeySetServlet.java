package eu.sinusnode.server.keys;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** A key set below {@code /.well-known/}, open to anybody: public keys alone. */
public final class KeySetServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<String> keys;

    /** @param keys an RFC 7517 key set as JSON, without any private half */
    public KeySetServlet(Supplier<String> keys) {
        this.keys = keys;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] document = keys.get().getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/jwk-set+json;charset=UTF-8");
        response.setHeader("Cache-Control", "public, max-age=30");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
