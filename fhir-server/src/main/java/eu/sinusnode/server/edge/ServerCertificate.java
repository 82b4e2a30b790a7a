package eu.sinusnode.server.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * The PEM files that the server shows itself with, as an SSL bundle of Spring Boot.
 *
 * @param clientCa CAs of client certificates, or null
 */
record ServerCertificate(
        Path certificate, Path key, @Nullable Path clientCa) {

    /** BSI TR-02102-2: TLS 1.3 and 1.2, with forward secrecy and authenticated encryption alone. */
    static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private static final String ALIAS = "ssl";

    /**
     * Reads the files.
     *
     * @throws IllegalStateException with a sentence when they are unreadable or do not belong together
     */
    SslBundle read() {
        try {
            PemSslStoreDetails own = PemSslStoreDetails.forCertificate(Files.readString(certificate))
                    .withPrivateKey(Files.readString(key))
                    .withAlias(ALIAS);
            PemSslStoreDetails clients =
                    clientCa == null ? null : PemSslStoreDetails.forCertificate(Files.readString(clientCa));
            PemSslStoreBundle stores = new PemSslStoreBundle(own, clients);
            demandPair(stores.getKeyStore());
            return SslBundle.of(
                    stores,
                    SslBundleKey.of(null, ALIAS),
                    SslOptions.of(CIPHERS.toArray(String[]::new), PROTOCOLS.toArray(String[]::new)));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException(
                    "The certificate " + certificate + " and the key " + key + " cannot be used: "
                            + (e instanceof Mismatch
                                    ? "they do not belong together."
                                    : "one of them is not readable PEM."),
                    e);
        }
    }

    private static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void demandPair(@Nullable KeyStore store) throws GeneralSecurityException {
        if (store == null || !(store.getKey(ALIAS, null) instanceof PrivateKey key)) {
            throw new Mismatch();
        }
        String algorithm = "RSA".equals(key.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        byte[] signature = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(store.getCertificate(ALIAS));
        if (!checking.verify(signature)) {
            throw new Mismatch();
        }
    }

    /** When the certificate of a bundle ends. */
    static Instant endOf(SslBundle bundle) {
        try {
            KeyStore store = bundle.getStores().getKeyStore();
            if (store != null && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
                return certificate.getNotAfter().toInstant();
            }
            throw new IllegalStateException("The server has no certificate.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The server's certificate cannot be read.", e);
        }
    }

    /** Changes when one of the files is replaced. */
    Map<Path, Long> state() throws IOException {
        Map<Path, Long> state = new TreeMap<>();
        for (Path file : clientCa == null ? List.of(certificate, key) : List.of(certificate, key, clientCa)) {
            state.put(file, Files.getLastModifiedTime(file).toMillis() * 31 + Files.size(file));
        }
        return state;
    }
}
