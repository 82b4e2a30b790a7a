package eu.sinusnode.server.rest;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.ServletRequestTracing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request its id before anything else looks at it, and every answer the header {@code X-Request-ID}; by it an
 * answer is found in the audit. A client's own id is taken when it has the form of one.
 */
public final class RequestIdFilter extends OncePerRequestFilter {

    /** HAPI takes any letters and any length, which would let a client write names into the audit. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._\\-]{1,64}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idOf(request);
        request.setAttribute(ServletRequestTracing.ATTRIBUTE_REQUEST_ID, id);
        response.setHeader(Constants.HEADER_REQUEST_ID, id);
        chain.doFilter(request, new OneId(response));
    }

    /** The container dispatches what it refuses by itself as an error at once, before any filter has seen it. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static String idOf(HttpServletRequest request) {
        if (request.getAttribute(ServletRequestTracing.ATTRIBUTE_REQUEST_ID) instanceof String known) {
            return known;
        }
        String given = request.getHeader(Constants.HEADER_REQUEST_ID);
        return given != null && FORM.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    /** @throws IllegalStateException when this filter did not come first */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ServletRequestTracing.ATTRIBUTE_REQUEST_ID) instanceof String id) {
            return id;
        }
        throw new IllegalStateException("The request has no id.");
    }

    /** HAPI adds the header once more. A reset answer keeps it. */
    private static final class OneId extends HttpServletResponseWrapper {

        private OneId(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (name.equalsIgnoreCase(Constants.HEADER_REQUEST_ID)) {
                setHeader(name, value);
            } else {
                super.addHeader(name, value);
            }
        }

        @Override
        public void reset() {
            String id = getHeader(Constants.HEADER_REQUEST_ID);
            super.reset();
            setHeader(Constants.HEADER_REQUEST_ID, id);
        }
    }
}
