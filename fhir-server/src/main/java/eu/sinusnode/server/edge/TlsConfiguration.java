package eu.sinusnode.server.edge;

import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.configuration.TlsProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** HTTPS beside plain HTTP, which stays on loopback. */
@Configuration
class TlsConfiguration {

    static final String BUNDLE = "sinusnode";

    @Bean
    ServerCertificate serverCertificate(TlsProperties tls, ServiceProperties service, Clock clock) {
        if (tls.certificate() != null && tls.key() != null) {
            return new ServerCertificate(tls.certificate(), tls.key(), tls.clientCa());
        }
        DemoCertificates own = new DemoCertificates(service.home());
        own.ensure(clock.instant());
        return new ServerCertificate(own.certificate(), own.key(), tls.clientCa());
    }

    @Bean
    TlsConnector tlsConnector(
            TlsProperties tls, ServerCertificate certificate, SslBundleRegistry registry, SslBundles bundles) {
        registry.registerBundle(BUNDLE, certificate.read());
        TlsConnector connector = new TlsConnector(tls, bundles.getBundle(BUNDLE));
        bundles.addBundleUpdateHandler(BUNDLE, connector::use);
        return connector;
    }

    @Bean
    CertificateWatch certificateWatch(ServerCertificate certificate, SslBundleRegistry registry, TlsConnector connector)
            throws IOException {
        return new CertificateWatch(certificate, bundle -> registry.updateBundle(BUNDLE, bundle));
    }

    /** Seconds that are left; negative once it is over. */
    @Bean
    Gauge certificateExpiry(MeterRegistry meters, SslBundles bundles, TlsConnector connector, Clock clock) {
        return Gauge.builder("sinusnode.tls.certificate.expiry", () -> Duration.between(
                                clock.instant(), ServerCertificate.endOf(bundles.getBundle(BUNDLE)))
                        .toSeconds())
                .baseUnit("seconds")
                .description("Time until the server's certificate ends")
                .register(meters);
    }

    @Bean
    Connectors connectors(ServerProperties server, TlsConnector tls) {
        demandLoopback(server.getAddress());
        return new Connectors(tls);
    }

    /** Before that which watches over all connectors. */
    record Connectors(TlsConnector tls) implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

        @Override
        public int getOrder() {
            return 0;
        }

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addAdditionalTomcatConnectors(tls.connector());
        }
    }

    static void demandLoopback(@Nullable InetAddress plainHttp) {
        if (plainHttp == null || !plainHttp.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "server.address is not a loopback address, but plain HTTP is served on loopback alone. Leave it at"
                            + " 127.0.0.1, and set sinusnode.tls.address to the address that others reach over HTTPS.");
        }
    }
}
