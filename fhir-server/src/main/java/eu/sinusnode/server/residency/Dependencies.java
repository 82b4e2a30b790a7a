package eu.sinusnode.server.residency;

import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.VideoProperties;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.core.env.PropertyResolver;

/** Every host that the configuration makes the server talk to, or lead people to. Names are taken as they stand; nothing is looked up. */
final class Dependencies {

    /** Settings of frameworks and of the JVM with which data would go to somebody: their value is a URL or a host. */
    private static final Map<String, EndpointPurpose> OF_OTHERS = new TreeMap<>(Map.ofEntries(
            Map.entry("spring.mail.host", EndpointPurpose.MAIL),
            Map.entry("management.otlp.metrics.export.url", EndpointPurpose.TELEMETRY),
            Map.entry("management.otlp.tracing.endpoint", EndpointPurpose.TELEMETRY),
            Map.entry("management.otlp.logging.endpoint", EndpointPurpose.TELEMETRY),
            Map.entry("management.zipkin.tracing.endpoint", EndpointPurpose.TELEMETRY),
            Map.entry("management.prometheus.metrics.export.pushgateway.address", EndpointPurpose.TELEMETRY),
            Map.entry("otel.exporter.otlp.endpoint", EndpointPurpose.TELEMETRY),
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", EndpointPurpose.TELEMETRY),
            Map.entry("http.proxyHost", EndpointPurpose.PROXY),
            Map.entry("https.proxyHost", EndpointPurpose.PROXY),
            Map.entry("socksProxyHost", EndpointPurpose.PROXY)));

    private Dependencies() {}

    /** @throws ResidencyException when a setting names no host */
    static List<Dependency> of(
            DatabaseProperties database,
            OAuthProperties oauth,
            FullTextProperties fullText,
            VideoProperties video,
            PropertyResolver others) {
        List<Dependency> dependencies = new ArrayList<>(databases(database.url()));
        dependencies.add(url("sinusnode.oauth.issuer", EndpointPurpose.AUTHORIZATION_SERVER, oauth.issuer()));
        // Unless they are set, keys and introspection are the issuer's.
        add(dependencies, "sinusnode.oauth.jwk-set-uri", EndpointPurpose.AUTHORIZATION_SERVER, oauth.jwkSetUri());
        add(
                dependencies,
                "sinusnode.oauth.introspection-uri",
                EndpointPurpose.AUTHORIZATION_SERVER,
                oauth.introspectionUri());
        add(
                dependencies,
                "sinusnode.full-text.elasticsearch-url",
                EndpointPurpose.FULL_TEXT,
                fullText.elasticsearchUrl());
        add(dependencies, "sinusnode.video.url", EndpointPurpose.VIDEO, video.url());
        OF_OTHERS.forEach((setting, purpose) -> {
            String value = others.getProperty(setting, "").strip();
            if (!value.isEmpty()) {
                dependencies.add(url(setting, purpose, value.contains("://") ? value : "any://" + value));
            }
        });
        return dependencies;
    }

    /** @param url null when it is not set */
    private static void add(
            List<Dependency> dependencies, String setting, EndpointPurpose purpose, @Nullable String url) {
        if (url != null) {
            dependencies.add(url(setting, purpose, url));
        }
    }

    /** The driver's own reading of the URL, which may name several hosts, or a service file. */
    private static List<Dependency> databases(@Nullable String url) {
        if (url == null) {
            return List.of(Dependency.of("sinusnode.postgres.port", EndpointPurpose.DATABASE, "localhost"));
        }
        Properties parsed = Driver.parseURL(url, null);
        String hosts = parsed == null ? null : PGProperty.PG_HOST.getOrDefault(parsed);
        if (hosts == null || hosts.isBlank()) {
            throw noHost("sinusnode.database.url");
        }
        List<Dependency> databases = new ArrayList<>();
        for (String host : hosts.split(",")) {
            databases.add(Dependency.of("sinusnode.database.url", EndpointPurpose.DATABASE, host));
        }
        return databases;
    }

    private static Dependency url(String setting, EndpointPurpose purpose, String url) {
        try {
            String host = URI.create(url).getHost();
            if (host != null) {
                return Dependency.of(setting, purpose, host);
            }
        } catch (IllegalArgumentException e) {
            throw noHost(setting);
        }
        throw noHost(setting);
    }

    private static ResidencyException noHost(String setting) {
        return new ResidencyException(
                setting + " names no host, so it is not known where its data goes.",
                "Correct the setting, or leave it out.");
    }
}
