package eu.sinusnode.server.security;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code POST /backchannel-logout} with a form of one {@code logout_token} (OpenID Connect Back-Channel Logout 1.0, sections 2.5
 * to 2.8). The token is the only credential. 200 when its session's tokens are refused from now on, 400 for a bad token,
 * 503 when it could not be checked.
 */
final class LogoutServlet extends HttpServlet {

    static final String PATH = "/backchannel-logout";

    private static final long serialVersionUID = 1L;
    private static final String PARAMETER = "logout_token";

    private final transient Supplier<Receiver> receiver;

    /** @param end told of each session that ended */
    record Receiver(LogoutTokens tokens, Consumer<EndedSession> end, Refusal refusal) {}

    /** @param receiver asked for with each request: the container is made before the storage is */
    LogoutServlet(Supplier<Receiver> receiver) {
        this.receiver = receiver;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Receiver to = receiver.get();
        EndedSession ended;
        try {
            ended = to.tokens().read(token(request));
        } catch (LogoutTokens.Refused e) {
            to.refusal().badLogout(request, response, String.valueOf(e.getMessage()));
            return;
        } catch (IOException e) {
            to.refusal().unreachable(request, response, e);
            return;
        }
        to.end().accept(ended);
        response.setStatus(HttpServletResponse.SC_OK);
    }

    /** In the body, once, and nowhere else: what stands in an address ends up in logs. */
    private static String token(HttpServletRequest request) throws LogoutTokens.Refused {
        String type = request.getContentType();
        String[] values = request.getParameterValues(PARAMETER);
        boolean form = type != null
                && type.toLowerCase(Locale.ROOT).matches("application/x-www-form-urlencoded(\\s*;.*)?")
                && request.getQueryString() == null;
        if (!form || values == null || values.length != 1) {
            throw new LogoutTokens.Refused("the request is no form with one logout_token");
        }
        return values[0];
    }
}
