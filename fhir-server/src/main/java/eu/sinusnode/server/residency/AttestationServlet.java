package eu.sinusnode.server.residency;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code GET /.well-known/residency-attestation}, open to anybody: a compact JWS. */
final class AttestationServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Supplier<Attestations> attestations;

    /** @param attestations asked for with the first request: a servlet is made before the database is there */
    AttestationServlet(Supplier<Attestations> attestations) {
        this.attestations = attestations;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] jws = attestations.get().current().getBytes(StandardCharsets.US_ASCII);
        response.setContentType("application/jwt");
        response.setHeader("Cache-Control", "public, max-age=" + Attestations.GOOD_FOR.toSeconds());
        response.setContentLength(jws.length);
        response.getOutputStream().write(jws);
    }
}
