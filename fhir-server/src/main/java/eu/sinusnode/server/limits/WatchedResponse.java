package eu.sinusnode.server.limits;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A response whose bytes go through a stream that may end it. */
public final class WatchedResponse extends HttpServletResponseWrapper {

    private final UnaryOperator<ServletOutputStream> watch;
    private @Nullable ServletOutputStream output;
    private @Nullable PrintWriter writer;

    /** @param watch puts the watching stream before the response's own */
    public WatchedResponse(HttpServletResponse response, UnaryOperator<ServletOutputStream> watch) {
        super(response);
        this.watch = watch;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = watch.apply(super.getOutputStream());
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

    /** To be called when the answer is complete: hands on what the writer still holds. */
    public void finish() {
        if (writer != null) {
            writer.flush();
        }
    }
}
