package eu.sinusnode.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.server.configuration.OutboundProperties;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class OutboundHttpTest {

    private static final OutboundProperties SETTINGS = new OutboundProperties(
            List.of("keycloak.clinic.example"), Duration.ofSeconds(2), Duration.ofMillis(800), DataSize.ofKilobytes(4));

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/redirect")) {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/large")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(new byte[64 * 1024]);
            } else if (path.equals("/dripping")) {
                exchange.sendResponseHeaders(200, 0);
                drip(exchange.getResponseBody());
            } else {
                byte[] echo = exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(echo);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aConfiguredEndpointIsCalled() throws IOException {
        try (OutboundHttp http = new OutboundHttp(SETTINGS, List.of(url("/")))) {
            OutboundHttp.Answer answer = http.postForm(url("/any"), Map.of("a", "b c"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("a=b+c");
        }
    }

    @Test
    void noOtherSchemeHostOrPortIsCalled() throws IOException {
        try (OutboundHttp http = new OutboundHttp(SETTINGS, List.of(url("/")))) {
            for (String target : new String[] {
                "http://127.0.0.1:1/",
                "https://127.0.0.1:" + port() + "/",
                "http://localhost:" + port() + "/",
                "http://127.1:" + port() + "/",
                "http://2130706433:" + port() + "/",
                "http://user@127.0.0.1:" + port() + "/",
                "http://169.254.169.254/latest/meta-data",
                "http://[::1]:" + port() + "/"
            }) {
                assertThatThrownBy(() -> http.get(URI.create(target)))
                        .as(target)
                        .isInstanceOf(OutboundException.class)
                        .hasMessageContaining("not among the configured");
            }
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (OutboundHttp http = new OutboundHttp(SETTINGS, List.of(url("/")))) {
            assertThat(http.get(url("/redirect")).status()).isEqualTo(302);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void anAnswerThatIsTooLargeOrDripsIsGivenUp() throws IOException {
        try (OutboundHttp http = new OutboundHttp(SETTINGS, List.of(url("/")))) {
            assertThatThrownBy(() -> http.get(url("/large"))).hasMessageContaining("larger than");
            long before = System.nanoTime();
            assertThatThrownBy(() -> http.get(url("/dripping"))).isInstanceOf(OutboundException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }
    }

    /** Each byte comes in time, and the answer never begins. */
    @Test
    void aHeadThatDripsIsGivenUp() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OutboundHttp http = OutboundHttp.ofHosts(SETTINGS, List.of("loopback"))) {
            Thread dripping = new Thread(() -> dripTo(slow));
            dripping.setDaemon(true);
            dripping.start();
            long before = System.nanoTime();
            assertThatThrownBy(() -> http.post(
                            URI.create("http://127.0.0.1:" + slow.getLocalPort() + "/"),
                            Map.of(),
                            "text/plain",
                            new byte[] {1}))
                    .isInstanceOf(OutboundException.class)
                    .isNotInstanceOf(NotSentException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static void dripTo(ServerSocket listening) {
        try (Socket caller = listening.accept()) {
            caller.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 300; i++) {
                caller.getOutputStream().write(("X-" + i + ": x\r\n").getBytes(StandardCharsets.US_ASCII));
                caller.getOutputStream().flush();
                Thread.sleep(100);
            }
        } catch (IOException given) {
            // The caller gave up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aNameThatChangesToLoopbackReachesNothing() throws IOException {
        AtomicInteger lookUps = new AtomicInteger();
        OutboundGuard guard =
                new OutboundGuard(List.of(URI.create("http://login.example:" + port() + "/")), List.of(), host -> {
                    lookUps.incrementAndGet();
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                });
        try (OutboundHttp http = new OutboundHttp(SETTINGS, guard)) {
            assertThatThrownBy(() -> http.get(URI.create("http://login.example:" + port() + "/")))
                    .isInstanceOf(OutboundException.class);
        }
        assertThat(lookUps).hasPositiveValue();
        assertThat(calls).hasValue(0);
    }

    @Test
    void oneBadAddressBesideAGoodOneSpoilsTheName() {
        OutboundGuard guard = guard("login.example", "93.184.215.14", "10.0.0.1");
        assertThatThrownBy(() -> guard.resolve("login.example")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void privateAddressesAreForListedHostsOnlyAndLoopbackForLoopbackNamesOnly() throws IOException {
        assertThat(guard("keycloak.clinic.example", "10.1.2.3").resolve("keycloak.clinic.example"))
                .hasSize(1);
        assertThat(guard("login.example", "93.184.215.14").resolve("login.example"))
                .hasSize(1);
        assertThat(guard("localhost", "127.0.0.1").resolve("localhost")).hasSize(1);
        assertThatThrownBy(() -> guard("keycloak.clinic.example", "127.0.0.1").resolve("keycloak.clinic.example"))
                .isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> guard("localhost", "10.0.0.1").resolve("localhost"))
                .isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> guard("login.example", "93.184.215.14").resolve("other.example"))
                .isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example/told, true",
        "https://HOOKS.example:8443/told?a=b, true",
        "http://hooks.example/told, false",
        "https://evil.hooks.example/told, false",
        "https://user@hooks.example/told, false",
        "http://localhost:8080/told, true",
        "http://127.0.0.1/told, true",
        "https://loopback/told, false",
        "ftp://127.0.0.1/told, false",
        "https://10.0.0.1/told, false"
    })
    void aHostOfTheRegistryIsCalledOverTlsUnlessItIsThisMachine(String target, boolean listed) {
        OutboundGuard guard =
                OutboundGuard.ofHosts(List.of("hooks.example", "loopback"), List.of(), InetAddress::getAllByName);
        Throwable refusal = catchThrowable(() -> guard.demandListed(URI.create(target)));
        assertThat(refusal == null).isEqualTo(listed);
    }

    /** Whoever registers a host does not register what its name may lead to some day. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd12::1"})
    void aNameOfTheRegistryLeadsToPublicAddressesAlone(String address) throws IOException {
        AtomicInteger lookUps = new AtomicInteger();
        OutboundGuard guard = OutboundGuard.ofHosts(List.of("hooks.example", "loopback"), List.of(), host -> {
            lookUps.incrementAndGet();
            return new InetAddress[] {InetAddress.getByName(address)};
        });
        try (OutboundHttp http = new OutboundHttp(SETTINGS, guard)) {
            assertThatThrownBy(() -> http.post(
                            URI.create("https://hooks.example:" + port() + "/"), Map.of(), "text/plain", new byte[] {1
                            }))
                    .isInstanceOf(NotSentException.class);
        }
        assertThat(lookUps).hasPositiveValue();
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.0.1", "169.254.169.254", "172.16.0.1",
                "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9",
                "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::127.0.0.1",
                "64:ff9b::7f00:1", "2001:db8::1", "2001:0:53aa::1", "2002:7f00:1::", "fc00::1", "fd12::1", "fe80::1",
                "fec0::1", "ff02::1", "100::1"
            })
    void specialAddressesAreNotPublic(String address) throws UnknownHostException {
        assertThat(AddressRules.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450:4001::1", "2606:4700::1"})
    void othersAre(String address) throws UnknownHostException {
        assertThat(AddressRules.isPublic(InetAddress.getByName(address))).isTrue();
    }

    private static OutboundGuard guard(String host, String... addresses) {
        return new OutboundGuard(List.of(URI.create("https://" + host + "/")), SETTINGS.privateHosts(), name -> {
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        });
    }

    private static void drip(OutputStream body) throws IOException {
        try {
            for (int i = 0; i < 60; i++) {
                body.write('x');
                body.flush();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }
}
