package eu.sinusnode.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.configuration.TlsProperties;
import eu.sinusnode.server.configuration.TlsProperties.ClientCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Real handshakes with the connector, on a Tomcat without the rest of the server. */
class TlsConnectorTest {

    @TempDir
    Path home;

    private final Tomcat tomcat = new Tomcat();
    private DemoCertificates certificates;
    private @Nullable TlsConnector connector;

    @BeforeEach
    void certificates() {
        certificates = new DemoCertificates(home);
        certificates.ensure(Instant.now());
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void tls13And12WithStrongSuitesAreServedAndNothingElse() throws Exception {
        start(null, ClientCertificate.REQUIRED);

        assertThat(handshake(null, "TLSv1.3", null).getCipherSuite()).isIn(ServerCertificate.CIPHERS);
        assertThat(handshake(null, "TLSv1.2", null).getCipherSuite()).isIn(ServerCertificate.CIPHERS);
        for (String weak : List.of(
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_DHE_RSA_WITH_AES_128_CBC_SHA")) {
            assertThatThrownBy(() -> handshake(null, "TLSv1.2", weak)).as(weak).isInstanceOf(IOException.class);
        }
    }

    /** This Java cannot speak TLS 1.1 any more, so the hello is written by hand. */
    @Test
    void tls11IsRefusedWithAnAlert() throws Exception {
        start(null, ClientCertificate.REQUIRED);
        byte[] answer = helloOfTls11();

        assertThat(answer).hasSizeGreaterThanOrEqualTo(7);
        assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
        assertThat(answer[5]).as("a fatal one").isEqualTo((byte) 2);
    }

    @Test
    void aRenewedCertificateIsUsedByTheNextHandshakeWithoutARestart() throws Exception {
        start(null, ClientCertificate.REQUIRED);
        ServerCertificate files = new ServerCertificate(certificates.certificate(), certificates.key(), null);
        BigInteger before = serial(handshake(null, "TLSv1.3", null));

        try (CertificateWatch watch = new CertificateWatch(files, running()::use)) {
            assertThat(watch).isNotNull();
            Files.delete(certificates.certificate());
            certificates.ensure(Instant.now());

            BigInteger after = before;
            Instant patience = Instant.now().plus(Duration.ofSeconds(30));
            while (after.equals(before) && Instant.now().isBefore(patience)) {
                Thread.sleep(200);
                after = serial(handshake(null, "TLSv1.3", null));
            }
            assertThat(after).isNotEqualTo(before);

            Files.writeString(certificates.key(), "not a key");
            Thread.sleep(3000);
            assertThat(serial(handshake(null, "TLSv1.3", null)))
                    .as("a broken file does not end the service")
                    .isEqualTo(after);
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        certificates.issue("other", "CN=other", List.of());
        ServerCertificate mixed = new ServerCertificate(
                certificates.certificate(), certificates.key().resolveSibling("other.key.pem"), null);

        assertThatThrownBy(mixed::read).hasMessageContaining("do not belong together");
    }

    @Test
    void aClientCertificateIsDemandedWhereItIsRequired() throws Exception {
        certificates.issue("clinic", "CN=clinic", List.of("-ext", "eku=clientAuth"));
        DemoCertificates foreign = new DemoCertificates(home.resolve("foreign"));
        foreign.ensure(Instant.now());
        foreign.issue("clinic", "CN=clinic", List.of("-ext", "eku=clientAuth"));
        start(certificates.ca(), ClientCertificate.REQUIRED);

        assertThat(handshake(certificates.ca().resolveSibling("clinic"), "TLSv1.2", null)
                        .getCipherSuite())
                .isIn(ServerCertificate.CIPHERS);
        assertThat(handshake(certificates.ca().resolveSibling("clinic"), "TLSv1.3", null)
                        .getCipherSuite())
                .isIn(ServerCertificate.CIPHERS);
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            assertThatThrownBy(() -> handshake(null, protocol, null)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> handshake(foreign.ca().resolveSibling("clinic"), protocol, null))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anOptionalClientCertificateMayBeMissing() throws Exception {
        start(certificates.ca(), ClientCertificate.OPTIONAL);

        assertThat(handshake(null, "TLSv1.3", null).getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void whatWasMadeIsForItsOwnerAlone() throws IOException {
        try (var files = Files.walk(home.resolve("secrets"))) {
            assertThat(files).hasSizeGreaterThan(5).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void plainHttpStaysOnLoopback() throws Exception {
        TlsConfiguration.demandLoopback(InetAddress.getByName("127.0.0.1"));
        TlsConfiguration.demandLoopback(InetAddress.getByName("::1"));
        for (String wide : List.of("0.0.0.0", "10.0.0.1", "::")) {
            assertThatThrownBy(() -> TlsConfiguration.demandLoopback(InetAddress.getByName(wide)))
                    .hasMessageContaining("sinusnode.tls.address");
        }
        assertThatThrownBy(() -> TlsConfiguration.demandLoopback(null)).hasMessageContaining("loopback");
    }

    private void start(@Nullable Path clientCa, ClientCertificate wanted) throws Exception {
        TlsProperties tls = new TlsProperties(null, null, "127.0.0.1", 0, clientCa, wanted);
        connector = new TlsConnector(
                tls, new ServerCertificate(certificates.certificate(), certificates.key(), clientCa).read());
        tomcat.setBaseDir(home.resolve("tomcat").toString());
        tomcat.setConnector(running().connector());
        tomcat.addContext("", null);
        tomcat.start();
    }

    private TlsConnector running() {
        return Objects.requireNonNull(connector);
    }

    /** Goes on to an answer: with TLS 1.3 a client learns only then that its certificate was refused. */
    private SSLSession handshake(@Nullable Path client, String protocol, @Nullable String suite) throws Exception {
        try (SSLSocket socket = (SSLSocket) context(client)
                .getSocketFactory()
                .createSocket("127.0.0.1", running().connector().getLocalPort())) {
            socket.setSoTimeout(5000);
            socket.setEnabledProtocols(new String[] {protocol});
            if (suite != null) {
                socket.setEnabledCipherSuites(new String[] {suite});
            }
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() < 0) {
                throw new IOException("The connection was closed.");
            }
            return socket.getSession();
        }
    }

    /** @param client path of the client's certificate without {@code .pem} */
    private SSLContext context(@Nullable Path client) throws IOException, GeneralSecurityException {
        KeyManager[] keys = null;
        if (client != null) {
            KeyStore store = new PemSslStoreBundle(
                            PemSslStoreDetails.forCertificate(Files.readString(Path.of(client + ".pem")))
                                    .withPrivateKey(Files.readString(Path.of(client + ".key.pem"))),
                            null)
                    .getKeyStore();
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            keys = factory.getKeyManagers();
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(Files.readString(certificates.ca())))
                .getTrustStore());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private byte[] helloOfTls11() throws IOException {
        byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 4 + 2];
        byte[] head = {22, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, 2};
        System.arraycopy(head, 0, hello, 0, head.length);
        byte[] suites = {0, 0, 4, (byte) 0xc0, 0x0a, (byte) 0xc0, 0x14, 1, 0};
        System.arraycopy(suites, 0, hello, hello.length - suites.length, suites.length);
        try (Socket socket = new Socket("127.0.0.1", running().connector().getLocalPort())) {
            socket.setSoTimeout(5000);
            OutputStream out = socket.getOutputStream();
            out.write(hello);
            out.flush();
            return socket.getInputStream().readNBytes(7);
        }
    }

    private static BigInteger serial(SSLSession session) throws IOException {
        return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
    }
}
