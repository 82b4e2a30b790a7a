package eu.sinusnode.server.edge;

import eu.sinusnode.server.configuration.TlsProperties;
import eu.sinusnode.server.configuration.TlsProperties.ClientCertificate;
import eu.sinusnode.server.limits.WatchedHttpProtocol;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.KeyStore;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;
import org.springframework.boot.ssl.SslBundle;

/** The HTTPS connector of the embedded Tomcat, whose certificate can be replaced while it runs. */
final class TlsConnector {

    private final TlsProperties tls;
    private final Connector connector = new Connector(WatchedHttpProtocol.class.getName());

    TlsConnector(TlsProperties tls, SslBundle first) {
        this.tls = tls;
        connector.setPort(tls.port());
        connector.setScheme("https");
        connector.setSecure(true);
        AbstractHttp11Protocol<?> protocol = protocol();
        protocol.setSSLEnabled(true);
        try {
            protocol.setAddress(InetAddress.getByName(tls.address()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("sinusnode.tls.address is no address of this machine.", e);
        }
        protocol.addSslHostConfig(host(first));
    }

    Connector connector() {
        return connector;
    }

    /** The next handshake sees it; connections that are open go on. */
    void use(SslBundle bundle) {
        protocol().addSslHostConfig(host(bundle), true);
    }

    private AbstractHttp11Protocol<?> protocol() {
        return (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    }

    private SSLHostConfig host(SslBundle bundle) {
        SSLHostConfig host = new SSLHostConfig();
        host.setHostName(protocol().getDefaultSSLHostConfigName());
        host.setProtocols(String.join("+", ServerCertificate.PROTOCOLS));
        host.setCiphers(String.join(",", ServerCertificate.CIPHERS));
        host.setHonorCipherOrder(true);
        host.setDisableSessionTickets(true);
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, Type.UNDEFINED);
        certificate.setCertificateKeystore(keyStore(bundle));
        certificate.setCertificateKeyAlias(bundle.getKey().getAlias());
        // A key without a password; Tomcat would otherwise try its default one.
        certificate.setCertificateKeyPassword("");
        certificate.setCertificateKeystorePassword("");
        host.addCertificate(certificate);
        KeyStore clients = bundle.getStores().getTrustStore();
        if (clients != null && tls.clientCa() != null) {
            host.setTrustStore(clients);
            host.setCertificateVerification(
                    tls.clientCertificate() == ClientCertificate.REQUIRED ? "required" : "optional");
        }
        return host;
    }

    private static KeyStore keyStore(SslBundle bundle) {
        KeyStore store = bundle.getStores().getKeyStore();
        if (store == null) {
            throw new IllegalStateException("The server has no certificate.");
        }
        return store;
    }
}
