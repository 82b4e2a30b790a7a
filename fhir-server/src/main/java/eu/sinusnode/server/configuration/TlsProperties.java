package eu.sinusnode.server.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * HTTPS, which the server terminates itself. Files are looked at every few seconds: a renewed certificate is used without a
 * restart.
 *
 * @param certificate PEM file with the server's certificate and those between it and the root; without it a certificate
 *     of a CA of this installation is made, below sinusnode.home in secrets/tls
 * @param key PEM file with its private key (PKCS#8)
 * @param address address to listen on
 * @param port TCP port; 0 for any free one
 * @param clientCa PEM file with the CAs whose client certificates are believed; without it none are asked for
 * @param clientCertificate with clientCa: whether every client must show one
 */
@ConfigurationProperties("sinusnode.tls")
public record TlsProperties(
        @Nullable Path certificate,
        @Nullable Path key,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("8443") int port,
        @Nullable Path clientCa,
        @DefaultValue("REQUIRED") ClientCertificate clientCertificate) {

    /** What is asked of clients. */
    public enum ClientCertificate {
        REQUIRED,
        OPTIONAL
    }

    public TlsProperties {
        Sentences.require(
                (certificate == null) == (key == null),
                "sinusnode.tls.certificate and sinusnode.tls.key belong together; give both or neither.");
        Sentences.require(port >= 0 && port < 65536, "sinusnode.tls.port must be a TCP port between 0 and 65535.");
    }
}
