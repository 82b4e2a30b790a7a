package eu.sinusnode.server.batch;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes the answer to one entry. Nothing of it reaches the response of the batch, neither bytes nor headers. */
final class EntryResponse extends HttpServletResponseWrapper {

    private final EntryOutput output;
    private final PrintWriter writer;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status = SC_OK;

    /** @param room bytes that the answer may have */
    EntryResponse(HttpServletResponse outer, long room) {
        super(outer);
        this.output = new EntryOutput(room);
        this.writer = new PrintWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    }

    /** Everything that was written, when all of it had room. */
    EntryOutput content() {
        writer.flush();
        return output;
    }

    // Status and headers

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void sendError(int code) {
        status = code;
    }

    @Override
    public void sendError(int code, String message) {
        status = code;
    }

    @Override
    public void sendRedirect(String location) {
        throw new IllegalStateException("An entry of a batch is not redirected.");
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        headers.putIfAbsent(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        throw new UnsupportedOperationException("Headers of an entry's answer are written as text.");
    }

    @Override
    public void addDateHeader(String name, long date) {
        setDateHeader(name, date);
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.containsKey(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        String value = headers.get(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return List.copyOf(headers.keySet());
    }

    @Override
    public void addCookie(Cookie cookie) {
        // No answer of the FHIR endpoint sets one, and an entry's could not.
    }

    // Content

    @Override
    public ServletOutputStream getOutputStream() {
        writer.flush();
        return output;
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public void setContentType(@Nullable String type) {
        setHeader("Content-Type", type);
    }

    @Override
    public @Nullable String getContentType() {
        return headers.get("Content-Type");
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        // Answers of entries are UTF-8.
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public void setContentLength(int length) {
        // The Bundle has a length of its own.
    }

    @Override
    public void setContentLengthLong(long length) {
        // The Bundle has a length of its own.
    }

    @Override
    public void setLocale(Locale locale) {
        // Answers have no language of their own.
    }

    // Buffer

    @Override
    public void flushBuffer() {
        writer.flush();
    }

    @Override
    public void resetBuffer() {
        writer.flush();
        output.reset();
    }

    @Override
    public void reset() {
        resetBuffer();
        headers.clear();
        status = SC_OK;
    }

    @Override
    public void setBufferSize(int size) {
        // All of it is kept until the batch is done.
    }

    @Override
    public boolean isCommitted() {
        return false;
    }
}
