package eu.sinusnode.server.subscriptions.sockets;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.server.security.RefusalsToTell;
import jakarta.websocket.Session;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tomcat.websocket.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * What a client may say on a websocket: {@code bind-with-token: [token]} of the Backport IG, and nothing else. R4's {@code bind
 * [id]} asks for no proof of who binds, and is refused like everything that is not understood: the socket is closed.
 */
final class SocketHandler extends AbstractWebSocketHandler {

    static final String CERTIFICATE = "certificate";
    static final String REQUEST = "request";
    static final String ADDRESS = "address";

    private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);
    private static final Pattern BIND = Pattern.compile("bind-with-token:?\\s+(\\S{1,100})\\s*");
    private static final CloseStatus REFUSED = CloseStatus.POLICY_VIOLATION.withReason(
            DenialCode.TOKEN_INVALID.code() + ": the binding token is not accepted.");
    private static final CloseStatus NOT_UNDERSTOOD =
            CloseStatus.POLICY_VIOLATION.withReason("A socket takes bind-with-token: [token] alone.");
    private static final CloseStatus TOO_MUCH = CloseStatus.POLICY_VIOLATION.withReason("Too many messages.");

    /** Characters of a text that a client sends. */
    private static final int LONGEST = 256;

    private final Sockets sockets;
    private final DenialAudit audit;
    private final RefusalsToTell told;
    private final Duration patience;

    /** @param patience how long a client may take to take something */
    SocketHandler(Sockets sockets, DenialAudit audit, RefusalsToTell told, Duration patience) {
        this.sockets = sockets;
        this.audit = audit;
        this.told = told;
        this.patience = patience;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        session.setTextMessageSizeLimit(LONGEST);
        session.setBinaryMessageSizeLimit(LONGEST);
        Session container = ((NativeWebSocketSession) session).getNativeSession(Session.class);
        if (container != null) {
            container.getUserProperties().put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, patience.toMillis());
        }
        sockets.came(session.getId(), new Client(session, (X509Certificate)
                session.getAttributes().get(CERTIFICATE)));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Client client = sockets.find(session.getId()).orElse(null);
        if (client == null) {
            return;
        }
        if (client.isTalkative()) {
            client.close(TOO_MUCH);
            return;
        }
        Matcher bind = BIND.matcher(message.getPayload());
        if (!bind.matches()) {
            refuse(session, client, "the message is not understood", NOT_UNDERSTOOD);
            return;
        }
        try {
            if (!sockets.bind(client, bind.group(1))) {
                refuse(session, client, "the binding token was not accepted", REFUSED);
            }
        } catch (RuntimeException e) {
            LOG.error("A websocket could not be bound: {}", FaultOrigin.of(e));
            client.close(CloseStatus.SERVER_ERROR);
        }
    }

    private void refuse(WebSocketSession session, Client client, String reason, CloseStatus status) {
        String address = String.valueOf(session.getAttributes().get(ADDRESS));
        try {
            if (told.isTold(address)) {
                audit.unauthenticated(
                        new RequestFacts(
                                String.valueOf(session.getAttributes().get(REQUEST)),
                                AuditedInteraction.OTHER,
                                "Subscription",
                                null,
                                address),
                        DenialCode.TOKEN_INVALID,
                        reason);
            }
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("failure", e.getClass().getName()).log("A refusal could not be audited");
        } finally {
            client.close(status);
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        sockets.find(session.getId()).ifPresent(client -> client.close(NOT_UNDERSTOOD));
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        sockets.find(session.getId()).ifPresent(client -> client.pong(message.getPayload()));
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable fault) {
        LOG.debug("A websocket broke: {}", fault.getClass().getName());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        sockets.left(session.getId());
    }
}
