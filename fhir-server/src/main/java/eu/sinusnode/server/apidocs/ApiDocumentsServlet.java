package eu.sinusnode.server.apidocs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Fixed documents by their paths. */
final class ApiDocumentsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    /** The page loads its own style sheet and nothing else. */
    private static final String CONTENT_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'";

    private final transient Map<String, Document> documents;

    /** One of them. */
    record Document(String contentType, byte[] content) {}

    ApiDocumentsServlet(Map<String, Document> documents) {
        this.documents = Map.copyOf(documents);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Document document = documents.get(request.getServletPath());
        if (document == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(document.contentType());
        response.setHeader("Content-Security-Policy", CONTENT_POLICY);
        response.setContentLength(document.content().length);
        response.getOutputStream().write(document.content());
    }
}
