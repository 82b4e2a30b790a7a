package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialAudit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over the limit with 413: at once when their length is announced, and while they are read when it is not.
 * Nothing beyond the limit is ever kept.
 */
final class BodyLimitFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(BodyLimitFilter.class);

    private final FhirContext context;
    private final Supplier<DenialAudit> audit;
    private final long limit;

    /**
     * @param audit asked for with the first refusal: the container is made before the storage is
     * @param limit bytes
     */
    BodyLimitFilter(FhirContext context, Supplier<DenialAudit> audit, long limit) {
        this.context = context;
        this.audit = audit;
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            refuse(request, response, RequestProblem.BODY_TOO_LARGE);
        } else if (request.getHeader("Content-Encoding") != null) {
            refuse(request, response, RequestProblem.BODY_PACKED);
        } else {
            chain.doFilter(new LimitedRequest(request, limit), response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, RequestProblem problem)
            throws IOException {
        RequestProblem said = problem;
        try {
            audit.get().refused(RequestPath.facts(request), problem.code(), problem.meaning());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("failure", e.getClass().getName()).log("A refusal could not be audited");
            said = RequestProblem.AUDIT_UNAVAILABLE;
        }
        Outcomes.write(context, request, response, said.status(), Outcomes.of(said));
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {
        private final long limit;

        LimitedRequest(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedInput(super.getInputStream(), limit);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class LimitedInput extends ServletInputStream {
        private final ServletInputStream source;
        private long left;

        LimitedInput(ServletInputStream source, long limit) {
            this.source = source;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int read = source.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = source.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw new RequestTooLargeException();
            }
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
