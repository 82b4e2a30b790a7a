package eu.sinusnode.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.server.configuration.OutboundProperties;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.hibernate.search.backend.elasticsearch.client.ElasticsearchHttpClientConfigurationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The search engine's client calls its one endpoint, at addresses that are judged, and follows nobody elsewhere. */
class GuardedSearchClientTest {

    private static final OutboundProperties SETTINGS =
            new OutboundProperties(List.of(), Duration.ofSeconds(2), Duration.ofSeconds(5), DataSize.ofKilobytes(256));

    private final AtomicInteger elsewhere = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/here", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders().add("Location", url("localhost") + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theEndpointIsCalledAndRedirectsAreNot() throws Exception {
        try (CloseableHttpAsyncClient client = client(InetAddress::getAllByName, url("127.0.0.1"))) {
            assertThat(status(client, url("127.0.0.1") + "/here")).isEqualTo(200);
            assertThat(status(client, url("127.0.0.1") + "/redirect")).isEqualTo(302);
            assertThat(elsewhere).hasValue(0);
        }
    }

    @Test
    void anotherHostIsNotCalled() throws Exception {
        try (CloseableHttpAsyncClient client = client(InetAddress::getAllByName, url("127.0.0.1"))) {
            assertThatThrownBy(() -> status(client, url("localhost") + "/elsewhere"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownHostException.class);
            assertThat(elsewhere).hasValue(0);
        }
    }

    @Test
    void theNameOfTheEndpointMayNotLeadHome() throws Exception {
        OutboundGuard.Names lying = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        try (CloseableHttpAsyncClient client = client(lying, url("search.example.org"))) {
            assertThatThrownBy(() -> status(client, url("search.example.org") + "/elsewhere"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownHostException.class);
            assertThat(elsewhere).hasValue(0);
        }
    }

    private String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    private static int status(CloseableHttpAsyncClient client, String url) throws Exception {
        return client.execute(new HttpGet(url), null).get().getStatusLine().getStatusCode();
    }

    private static CloseableHttpAsyncClient client(OutboundGuard.Names names, String endpoint) {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create();
        ElasticsearchHttpClientConfigurationContext context =
                (ElasticsearchHttpClientConfigurationContext) Proxy.newProxyInstance(
                        GuardedSearchClientTest.class.getClassLoader(),
                        new Class<?>[] {ElasticsearchHttpClientConfigurationContext.class},
                        (proxy, method, arguments) -> builder);
        new GuardedSearchClient(SETTINGS, new OutboundGuard(List.of(URI.create(endpoint)), List.of(), names))
                .configure(context);
        CloseableHttpAsyncClient client = builder.build();
        client.start();
        return client;
    }
}
