package eu.sinusnode.server.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One fixed JSON document. */
final class JsonDocumentServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private final byte[] document;

    /** @param document UTF-8 */
    JsonDocumentServlet(byte[] document) {
        this.document = document.clone();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
