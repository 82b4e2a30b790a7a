package eu.sinusnode.server.outbound;

import eu.sinusnode.server.configuration.OutboundProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.util.Timeout;

/**
 * The one HTTP client of the server. It calls configured endpoints only ({@link OutboundGuard}), follows no redirect, keeps
 * no cookie, takes no proxy from the environment, and gives up after a time and a size. Safe for many threads.
 */
public final class OutboundHttp implements AutoCloseable {

    private static final int CONNECTIONS = 32;

    private final OutboundGuard guard;
    private final CloseableHttpClient client;
    private final Duration answerTimeout;
    private final Duration wholeTime;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "calls-out");
        thread.setDaemon(true);
        return thread;
    });
    private final long answerLimit;

    /**
     * An answer, whatever its status.
     *
     * @param contentType as sent, or empty
     */
    public record Answer(int status, String contentType, byte[] body) {}

    /**
     * A client for URLs that callers name. Each request has a connection of its own: the address is judged for each, and a
     * connection that was closed meanwhile leaves no doubt whether something was sent.
     *
     * @param hosts that the signed registry names for them
     */
    public static OutboundHttp ofHosts(OutboundProperties settings, Collection<String> hosts) {
        return new OutboundHttp(
                settings,
                OutboundGuard.ofHosts(hosts, settings.privateHosts(), InetAddress::getAllByName),
                (request, response, context) -> false);
    }

    /** @param endpoints every URL that the configuration names as a place to call */
    public OutboundHttp(OutboundProperties settings, Collection<URI> endpoints) {
        this(settings, new OutboundGuard(endpoints, settings.privateHosts(), InetAddress::getAllByName));
    }

    OutboundHttp(OutboundProperties settings, OutboundGuard guard) {
        this(settings, guard, DefaultConnectionReuseStrategy.INSTANCE);
    }

    private OutboundHttp(OutboundProperties settings, OutboundGuard guard, ConnectionReuseStrategy reuse) {
        this.guard = guard;
        this.answerTimeout = settings.answerTimeout();
        this.wholeTime = settings.connectTimeout().plus(settings.answerTimeout());
        this.answerLimit = settings.answerSize().toBytes();
        Timeout answer = Timeout.of(settings.answerTimeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedNames(guard))
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(answer)
                                .setTimeToLive(Timeout.ofMinutes(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(answer)
                        .setConnectionRequestTimeout(answer)
                        .build())
                .setConnectionReuseStrategy(reuse)
                .setUserAgent("SinusNode")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .build();
    }

    /** @throws OutboundException when the target is not listed, is not reached, or says too much or too slowly */
    public Answer get(URI target) throws OutboundException {
        return send(target, new HttpGet(target));
    }

    /** As {@link #get(URI)}, with an access token. */
    public Answer get(URI target, String bearer) throws OutboundException {
        HttpGet get = new HttpGet(target);
        get.setHeader("Authorization", "Bearer " + bearer);
        return send(target, get);
    }

    /** Sends a form as application/x-www-form-urlencoded. */
    public Answer postForm(URI target, Map<String, String> form) throws OutboundException {
        HttpPost post = new HttpPost(target);
        post.setHeader("Accept", "application/json");
        post.setEntity(new UrlEncodedFormEntity(form.entrySet().stream()
                .map(entry -> new BasicNameValuePair(entry.getKey(), entry.getValue()))
                .toList()));
        return send(target, post);
    }

    /**
     * Sends what a caller has asked to be sent.
     *
     * @param body empty for none
     * @throws NotSentException when no connection came about, so that nothing of it has left
     */
    public Answer post(URI target, Map<String, String> headers, String contentType, byte[] body)
            throws OutboundException {
        HttpPost post = new HttpPost(target);
        headers.forEach(post::setHeader);
        post.setEntity(body.length == 0 ? null : new ByteArrayEntity(body, ContentType.parse(contentType)));
        return send(target, post);
    }

    private Answer send(URI target, HttpUriRequestBase request) throws OutboundException {
        guard.demandListed(target);
        long deadline = System.nanoTime() + answerTimeout.toNanos();
        // Time-outs of a socket begin anew with each byte, and somebody may wait for the end of this.
        ScheduledFuture<?> end = watch.schedule(request::abort, wholeTime.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> read(request, response, deadline));
        } catch (OutboundException e) {
            throw e;
        } catch (ConnectException | UnknownHostException | ConnectTimeoutException | SSLHandshakeException e) {
            throw new NotSentException(target.getHost(), e);
        } catch (IOException e) {
            throw new OutboundException(
                    target.getHost() + " cannot be called: " + e.getClass().getSimpleName(), e);
        } finally {
            end.cancel(false);
        }
    }

    private Answer read(HttpUriRequestBase request, ClassicHttpResponse response, long deadline) throws IOException {
        HttpEntity entity = response.getEntity();
        String type = entity == null || entity.getContentType() == null ? "" : entity.getContentType();
        try {
            byte[] body = entity == null ? new byte[0] : read(entity.getContent(), deadline);
            return new Answer(response.getCode(), type, body);
        } catch (OutboundException e) {
            // Otherwise the client would read the rest to its end, to keep the connection.
            request.abort();
            throw e;
        }
    }

    /** A body that drips is given up as a whole, not byte by byte. */
    private byte[] read(InputStream body, long deadline) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            kept.write(buffer, 0, read);
            if (kept.size() > answerLimit) {
                throw new AnswerTooLargeException(answerLimit);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new OutboundException("The answer to a call out took longer than " + answerTimeout + ".");
            }
        }
        return kept.toByteArray();
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        client.close();
    }

    /** Connections go to the addresses that were judged, not to a second look-up's. */
    private record GuardedNames(OutboundGuard guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
