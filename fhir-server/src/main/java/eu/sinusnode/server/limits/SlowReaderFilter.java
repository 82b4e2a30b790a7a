package eu.sinusnode.server.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Waits for a client to take its answer no longer than its pace allows; then the connection is given up. */
final class SlowReaderFilter extends OncePerRequestFilter {

    private final Pace pace;
    private final RequestTime time;

    SlowReaderFilter(Pace pace, RequestTime time) {
        this.pace = pace;
        this.time = time;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PacedResponse paced = new PacedResponse(response);
        chain.doFilter(request, paced);
        paced.finish();
    }

    private final class PacedResponse extends HttpServletResponseWrapper {
        private @Nullable ServletOutputStream output;
        private @Nullable PrintWriter writer;

        PacedResponse(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (output == null) {
                output = new PacedOutput(super.getOutputStream(), new Waiting(pace, time, System::nanoTime));
            }
            return output;
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            if (writer == null) {
                // As the container's own writer does: the header says which encoding was chosen.
                setCharacterEncoding(getCharacterEncoding());
                writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
            }
            return writer;
        }

        @Override
        public void flushBuffer() throws IOException {
            finish();
            super.flushBuffer();
        }

        @Override
        public void resetBuffer() {
            super.resetBuffer();
            writer = null;
        }

        @Override
        public void reset() {
            super.reset();
            output = null;
            writer = null;
        }

        private void finish() {
            if (writer != null) {
                writer.flush();
            }
        }
    }
}
