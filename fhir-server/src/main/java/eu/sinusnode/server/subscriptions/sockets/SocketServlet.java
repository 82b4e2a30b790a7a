package eu.sinusnode.server.subscriptions.sockets;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.server.rest.Outcomes;
import eu.sinusnode.server.rest.RequestIdFilter;
import eu.sinusnode.server.rest.RequestPath;
import eu.sinusnode.server.security.RefusalsToTell;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * {@code GET /websocket} with an upgrade (RFC 6455). Who calls is asked once the socket is open, by its first message. It went
 * through the same filters as every request: origin, rates, head time.
 */
public final class SocketServlet extends HttpServlet {

    public static final String PATH = "/websocket";

    private static final long serialVersionUID = 1L;
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final transient Supplier<Parts> parts;
    private transient @Nullable WebSocketHttpRequestHandler upgrade;

    /**
     * @param most sockets that may be open
     * @param patience how long a client may take to take something
     */
    public record Parts(
            Sockets sockets,
            DenialAudit audit,
            RefusalsToTell told,
            FhirContext context,
            int most,
            Duration patience) {}

    /** @param parts asked for with the first request: the container is made before the storage is */
    public SocketServlet(Supplier<Parts> parts) {
        this.parts = parts;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Parts with = parts.get();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refuse(with, request, response, RequestProblem.REQUEST_MALFORMED);
        } else if (with.sockets().open() >= with.most()) {
            response.setHeader("Retry-After", "30");
            refuse(with, request, response, RequestProblem.TOO_MANY_REQUESTS);
        } else {
            upgrade(with).handleRequest(request, response);
        }
    }

    private static void refuse(
            Parts with, HttpServletRequest request, HttpServletResponse response, RequestProblem problem)
            throws IOException {
        if (with.told().isTold(request.getRemoteAddr())) {
            with.audit().refused(RequestPath.facts(request), problem.code(), problem.meaning());
        }
        Outcomes.write(with.context(), request, response, problem.status(), Outcomes.of(problem));
    }

    private synchronized WebSocketHttpRequestHandler upgrade(Parts with) {
        if (upgrade == null) {
            upgrade = new WebSocketHttpRequestHandler(
                    new SocketHandler(with.sockets(), with.audit(), with.told(), with.patience()), new Plain());
            upgrade.setHandshakeInterceptors(List.of(new Origin()));
        }
        return upgrade;
    }

    /** Frames as they are: a few hundred bytes are not compressed. */
    private static final class Plain extends DefaultHandshakeHandler {
        @Override
        protected List<WebSocketExtension> filterRequestedExtensions(
                ServerHttpRequest request, List<WebSocketExtension> asked, List<WebSocketExtension> supported) {
            return List.of();
        }
    }

    /** Keeps what the request shows of who calls. */
    private static final class Origin implements HandshakeInterceptor {
        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
            attributes.put(SocketHandler.REQUEST, RequestIdFilter.of(servlet));
            attributes.put(SocketHandler.ADDRESS, servlet.getRemoteAddr());
            if (servlet.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
                attributes.put(SocketHandler.CERTIFICATE, chain[0]);
            }
            return true;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @Nullable Exception fault) {
            // The socket is the handler's.
        }
    }
}
