package eu.sinusnode.server.residency;

import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.VideoProperties;
import eu.sinusnode.server.storage.CommandDatabase;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.core.env.PropertyResolver;

/** Every host that the configuration makes the server talk to, or lead people to. Names are taken as they stand; nothing is looked up. */
final class Dependencies {

    private static final String SEARCH = "SINUSNODE_FULL_TEXT_ELASTICSEARCH_URL";

    /**
     * Settings of frameworks and of the JVM with which data would go to somebody: their value is a URL or a host. Of
     * OpenTelemetry and Spring, each signal's own is one, which wins over the common one.
     */
    private static final Map<String, EndpointPurpose> OF_OTHERS = new TreeMap<>();

    static {
        Stream.of("spring.mail.host").forEach(setting -> OF_OTHERS.put(setting, EndpointPurpose.MAIL));
        Stream.of(
                        "management.appoptics.metrics.export.uri",
                        "management.atlas.metrics.export.config-uri",
                        "management.atlas.metrics.export.eval-uri",
                        "management.atlas.metrics.export.uri",
                        "management.datadog.metrics.export.uri",
                        "management.dynatrace.metrics.export.uri",
                        "management.elastic.metrics.export.host",
                        "management.ganglia.metrics.export.host",
                        "management.graphite.metrics.export.host",
                        "management.humio.metrics.export.uri",
                        "management.influx.metrics.export.uri",
                        "management.kairos.metrics.export.uri",
                        "management.newrelic.metrics.export.uri",
                        "management.otlp.logging.endpoint",
                        "management.otlp.metrics.export.url",
                        "management.otlp.tracing.endpoint",
                        "management.prometheus.metrics.export.pushgateway.address",
                        "management.signalfx.metrics.export.uri",
                        "management.statsd.metrics.export.host",
                        "management.wavefront.uri",
                        "management.zipkin.tracing.endpoint",
                        "OTEL_EXPORTER_JAEGER_ENDPOINT",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
                        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
                        "OTEL_EXPORTER_OTLP_PROFILES_ENDPOINT",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                        "OTEL_EXPORTER_ZIPKIN_ENDPOINT",
                        "otel.exporter.jaeger.endpoint",
                        "otel.exporter.otlp.endpoint",
                        "otel.exporter.otlp.logs.endpoint",
                        "otel.exporter.otlp.metrics.endpoint",
                        "otel.exporter.otlp.profiles.endpoint",
                        "otel.exporter.otlp.traces.endpoint",
                        "otel.exporter.zipkin.endpoint")
                .forEach(setting -> OF_OTHERS.put(setting, EndpointPurpose.TELEMETRY));
        Stream.of("ftp.proxyHost", "http.proxyHost", "https.proxyHost", "socksProxyHost")
                .forEach(setting -> OF_OTHERS.put(setting, EndpointPurpose.PROXY));
    }

    private Dependencies() {}

    /** @throws ResidencyException when a setting names no host */
    static List<Dependency> of(
            DatabaseProperties database,
            OAuthProperties oauth,
            FullTextProperties fullText,
            VideoProperties video,
            PropertyResolver others) {
        List<Dependency> dependencies = new ArrayList<>(databases("sinusnode.database.url", database.url()));
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
        addOthers(dependencies, others);
        return dependencies;
    }

    /**
     * Those of a command beside the server, as its environment names them.
     *
     * @throws ResidencyException when a setting names no host
     */
    static List<Dependency> ofCommand(PropertyResolver environment) {
        List<Dependency> dependencies =
                new ArrayList<>(databases(CommandDatabase.URL, environment.getProperty(CommandDatabase.URL)));
        add(dependencies, SEARCH, EndpointPurpose.FULL_TEXT, environment.getProperty(SEARCH));
        addOthers(dependencies, environment);
        return dependencies;
    }

    private static void addOthers(List<Dependency> dependencies, PropertyResolver others) {
        OF_OTHERS.forEach((setting, purpose) -> {
            String value = others.getProperty(setting, "").strip();
            if (!value.isEmpty()) {
                dependencies.add(url(setting, purpose, value.contains("://") ? value : "any://" + value));
            }
        });
    }

    /** @param url null when it is not set */
    private static void add(
            List<Dependency> dependencies, String setting, EndpointPurpose purpose, @Nullable String url) {
        if (url != null) {
            dependencies.add(url(setting, purpose, url));
        }
    }

    /** The driver's own reading of the URL, which may name several hosts, or a service file. */
    private static List<Dependency> databases(String setting, @Nullable String url) {
        if (url == null) {
            return List.of(Dependency.of("sinusnode.postgres.port", EndpointPurpose.DATABASE, "localhost"));
        }
        Properties parsed = Driver.parseURL(url, null);
        String hosts = parsed == null ? null : PGProperty.PG_HOST.getOrDefault(parsed);
        if (hosts == null || hosts.isBlank()) {
            throw noHost(setting);
        }
        List<Dependency> databases = new ArrayList<>();
        for (String host : hosts.split(",")) {
            databases.add(Dependency.of(setting, EndpointPurpose.DATABASE, host));
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
