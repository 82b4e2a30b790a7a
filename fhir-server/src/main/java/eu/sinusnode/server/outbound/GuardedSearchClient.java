package eu.sinusnode.server.outbound;

import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OutboundProperties;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.nio.conn.NoopIOSessionStrategy;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.apache.http.nio.reactor.IOReactorException;
import org.apache.http.ssl.SSLContexts;
import org.hibernate.search.backend.elasticsearch.client.ElasticsearchHttpClientConfigurationContext;
import org.hibernate.search.backend.elasticsearch.client.ElasticsearchHttpClientConfigurer;

/**
 * The client of Hibernate Search under the rules for calls out: the configured endpoint alone, at addresses that are judged
 * for each connection, without redirects, cookies and proxies of the environment.
 */
public final class GuardedSearchClient implements ElasticsearchHttpClientConfigurer {

    private static final int CONNECTIONS = 20;

    private final OutboundGuard guard;
    private final OutboundProperties settings;

    public GuardedSearchClient(FullTextProperties fullText, OutboundProperties settings) {
        this(
                settings,
                new OutboundGuard(
                        List.of(URI.create(Objects.requireNonNull(fullText.elasticsearchUrl()))),
                        settings.privateHosts(),
                        InetAddress::getAllByName));
    }

    GuardedSearchClient(OutboundProperties settings, OutboundGuard guard) {
        this.settings = settings;
        this.guard = guard;
    }

    @Override
    public void configure(ElasticsearchHttpClientConfigurationContext context) {
        HttpAsyncClientBuilder client = context.clientBuilder();
        client.setConnectionManager(connections());
        client.setRedirectStrategy(new org.apache.http.impl.client.DefaultRedirectStrategy(new String[0]));
        client.disableCookieManagement();
        client.setUserAgent("SinusNode");
    }

    private PoolingNHttpClientConnectionManager connections() {
        SSLContext tls = SSLContexts.createDefault();
        try {
            DefaultConnectingIOReactor reactor = new DefaultConnectingIOReactor(IOReactorConfig.custom()
                    .setConnectTimeout((int) settings.connectTimeout().toMillis())
                    .setSoTimeout((int) settings.answerTimeout().toMillis())
                    .build());
            PoolingNHttpClientConnectionManager connections = new PoolingNHttpClientConnectionManager(
                    reactor,
                    null,
                    RegistryBuilder.<SchemeIOSessionStrategy>create()
                            .register("http", NoopIOSessionStrategy.INSTANCE)
                            .register("https", new SSLIOSessionStrategy(tls))
                            .build(),
                    null,
                    guard::resolve,
                    -1,
                    java.util.concurrent.TimeUnit.MILLISECONDS);
            connections.setMaxTotal(CONNECTIONS);
            connections.setDefaultMaxPerRoute(CONNECTIONS);
            return connections;
        } catch (IOReactorException e) {
            throw new IllegalStateException("The client of the full-text index cannot be made.", e);
        }
    }
}
