package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server as partners reach it: TLS that it terminates itself, with the certificate of the installation's CA. */
@ExtendWith(SystemExtension.class)
class HttpsIT {

    @Test
    void theServerSpeaksTlsItselfAndAsksBrowsersToComeBackWithIt(RunningSystem system) throws Exception {
        URI base =
                URI.create("https://localhost:" + system.installation().ports().https() + "/fhir/");
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(system)).build();

        HttpResponse<String> open = get(client, base.resolve("metadata"), null);
        HttpResponse<String> refused = get(client, base.resolve("Patient"), null);
        HttpResponse<String> found =
                get(client, base.resolve("Patient"), system.parts().callers().token("clinic-system"));

        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(found.statusCode()).isEqualTo(200);
        for (HttpResponse<String> answer : List.of(open, refused, found)) {
            assertThat(answer.headers().firstValue("Strict-Transport-Security").orElse(""))
                    .contains("max-age=31536000")
                    .contains("includeSubDomains");
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI uri, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static SSLContext trusting(RunningSystem system) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream ca =
                Files.newInputStream(system.installation().home().secrets().resolve("tls/ca.pem"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
