package eu.sinusnode.server.batch;

import ca.uhn.fhir.rest.server.ServletRequestTracing;
import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.VerifiedToken;
import eu.sinusnode.policy.authorization.BatchEntry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The request of one entry. Of the request that brought the batch it has the connection and the verified token, and
 * nothing else: no header, no attribute, no parameter, no body. So an entry cannot bring a token of its own, and what the
 * outer request left behind is not taken for a fact of the entry.
 */
final class EntryRequest extends HttpServletRequestWrapper {

    private final BatchEntry entry;
    private final EntryBody body;
    private final String uri;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String[]> parameters;

    /**
     * @param outer whose token the entry is decided by
     * @param id by which the entry's audit is found
     * @param more headers that hold for every entry
     */
    EntryRequest(HttpServletRequest outer, BatchEntry entry, EntryBody body, String id, Map<String, String> more) {
        super(outer);
        this.entry = entry;
        this.body = body;
        this.uri = outer.getContextPath() + outer.getServletPath() + "/" + entry.path();
        headers.putAll(more);
        headers.putAll(entry.headers());
        if (body.contentType() != null) {
            headers.put("Content-Type", body.contentType());
            headers.put("Content-Length", Integer.toString(body.bytes().length));
        }
        Object claims = outer.getAttribute(VerifiedToken.CLAIMS_ATTRIBUTE);
        if (claims != null) {
            attributes.put(VerifiedToken.CLAIMS_ATTRIBUTE, claims);
        }
        attributes.put(ServletRequestTracing.ATTRIBUTE_REQUEST_ID, id);
        this.parameters = entry.query() == null ? Map.of() : Map.copyOf(UrlUtil.parseQueryString(entry.query()));
    }

    @Override
    public String getMethod() {
        return entry.method();
    }

    @Override
    public String getRequestURI() {
        return uri;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(getScheme())
                .append("://")
                .append(getServerName())
                .append(':')
                .append(getServerPort())
                .append(uri);
    }

    @Override
    public String getPathInfo() {
        return "/" + entry.path();
    }

    @Override
    public @Nullable String getPathTranslated() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return entry.query();
    }

    // Headers

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = headers.get(name);
        return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.keySet());
    }

    @Override
    public int getIntHeader(String name) {
        String value = headers.get(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        throw new UnsupportedOperationException("Headers of an entry are read as text.");
    }

    @Override
    public Cookie[] getCookies() {
        return new Cookie[0];
    }

    // Parameters

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parameters;
    }

    // Body

    @Override
    public ServletInputStream getInputStream() {
        return new EntryInput(body.bytes());
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return body.contentType() == null ? -1 : body.bytes().length;
    }

    @Override
    public long getContentLengthLong() {
        return getContentLength();
    }

    @Override
    public @Nullable String getContentType() {
        return body.contentType();
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public void setCharacterEncoding(String encoding) {
        // Bodies of entries are UTF-8.
    }

    @Override
    public Collection<Part> getParts() {
        return List.of();
    }

    @Override
    public @Nullable Part getPart(String name) {
        return null;
    }

    // Attributes

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    // An entry is answered in the thread of its batch

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("An entry of a batch is not answered later.");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return startAsync();
    }
}
