package eu.sinusnode.server.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.VideoProperties;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class DependenciesTest {

    private static final String LOCAL = "http://127.0.0.1:8081/realms/sinusnode";

    @Test
    void theEmbeddedSetUpTalksToThisMachineAlone() {
        assertThat(dependencies(null, LOCAL, null, new MockEnvironment()))
                .hasSize(2)
                .allMatch(dependency -> dependency.host().equals("loopback"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db.example.org/sinusnode | db.example.org",
                "jdbc:postgresql://DB.example.org:5433/sinusnode?ssl=true | db.example.org",
                "jdbc:postgresql://db1.example.org:5432,db2.example.org/sinusnode | db1.example.org db2.example.org",
                "jdbc:postgresql://127.0.0.1,replica.example.org/x?targetServerType=preferSecondary | loopback replica.example.org",
                "jdbc:postgresql://[2001:db8::7]:5432/sinusnode | 2001:db8::7",
                "jdbc:postgresql:sinusnode | loopback",
                "jdbc:postgresql:///sinusnode | ",
                "jdbc:postgresql://db.example.org:port/x | ",
            })
    void everyHostOfTheDatabaseIsOne(String url, @Nullable String hosts) {
        if (hosts == null) {
            assertThatThrownBy(() -> dependencies(url, LOCAL, null, new MockEnvironment()))
                    .isInstanceOf(ResidencyException.class)
                    .hasMessageContaining("sinusnode.database.url names no host");
            return;
        }
        assertThat(dependencies(url, LOCAL, null, new MockEnvironment()).stream()
                        .filter(dependency -> dependency.purpose().word().equals("database")))
                .extracting(Dependency::host)
                .containsExactly(hosts.split(" "));
    }

    @Test
    void loginAndFullTextAreToo() {
        assertThat(dependencies(
                        null,
                        "https://login.example.org/realms/sinusnode",
                        "https://search.example.org:9200",
                        new MockEnvironment()))
                .extracting(Dependency::setting, Dependency::host)
                .contains(
                        tuple("sinusnode.oauth.issuer", "login.example.org"),
                        tuple("sinusnode.full-text.elasticsearch-url", "search.example.org"));
    }

    @Test
    void soIsWherePeopleMeetByVideo() {
        assertThat(dependencies(null, LOCAL, null, "https://Video.example.org:8443/room", new MockEnvironment()))
                .filteredOn(dependency -> dependency.purpose() == EndpointPurpose.VIDEO)
                .extracting(Dependency::setting, Dependency::host)
                .containsExactly(tuple("sinusnode.video.url", "video.example.org"));
    }

    @ParameterizedTest
    @CsvSource({
        "spring.mail.host, mail.example.org, mail",
        "management.otlp.metrics.export.url, https://otlp.example.org/v1/metrics, telemetry",
        "management.otlp.tracing.endpoint, https://otlp.example.org/v1/traces, telemetry",
        "management.otlp.logging.endpoint, https://otlp.example.org/v1/logs, telemetry",
        "management.zipkin.tracing.endpoint, https://zipkin.example.org/api, telemetry",
        "management.prometheus.metrics.export.pushgateway.address, push.example.org:9091, telemetry",
        "management.influx.metrics.export.uri, https://influx.example.org, telemetry",
        "management.statsd.metrics.export.host, statsd.example.org, telemetry",
        "OTEL_EXPORTER_OTLP_ENDPOINT, https://otlp.example.org, telemetry",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, https://otlp.example.org:4318/v1/traces, telemetry",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, https://otlp.example.org:4318/v1/metrics, telemetry",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, https://otlp.example.org:4318/v1/logs, telemetry",
        "OTEL_EXPORTER_OTLP_PROFILES_ENDPOINT, otlp.example.org:4317, telemetry",
        "otel.exporter.otlp.traces.endpoint, https://otlp.example.org/v1/traces, telemetry",
        "otel.exporter.otlp.metrics.endpoint, https://otlp.example.org/v1/metrics, telemetry",
        "otel.exporter.otlp.logs.endpoint, https://otlp.example.org/v1/logs, telemetry",
        "otel.exporter.zipkin.endpoint, https://zipkin.example.org/api, telemetry",
        "socksProxyHost, proxy.example.org, proxy",
        "https.proxyHost, proxy.example.org, proxy",
    })
    void soIsWhateverElseWouldMakeTheServerSend(String setting, String value, String purpose) {
        assertThat(dependencies(null, LOCAL, null, new MockEnvironment().withProperty(setting, value)))
                .filteredOn(dependency -> dependency.setting().equals(setting))
                .singleElement()
                .satisfies(dependency -> {
                    assertThat(dependency.purpose().word()).isEqualTo(purpose);
                    assertThat(dependency.host()).endsWith(".example.org").doesNotContain(":");
                });
        assertThat(dependencies(null, LOCAL, null, new MockEnvironment().withProperty(setting, " ")))
                .hasSize(2);
        assertThatThrownBy(() ->
                        dependencies(null, LOCAL, null, new MockEnvironment().withProperty(setting, "no host at all")))
                .isInstanceOf(ResidencyException.class)
                .hasMessageContaining(setting + " names no host");
    }

    /** Whatever Spring knows of telemetry that is sent, so that a new one of a later version is not forgotten. */
    @Test
    void everyReceiverThatSpringKnowsIsLookedAt() throws Exception {
        List<String> known = new ArrayList<>();
        var files = getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
        for (URL file : Collections.list(files)) {
            new ObjectMapper().readTree(file).path("properties").forEach(property -> {
                String name = property.path("name").asText();
                if (name.matches("management\\..*(url|uri|endpoint|host|address)")
                        && !name.equals("management.server.address")
                        && !property.path("deprecation").path("level").asText().equals("error")
                        && !property.path("deprecation").has("replacement")) {
                    known.add(name);
                }
            });
        }
        assertThat(known).hasSizeGreaterThan(10).allSatisfy(setting -> assertThat(dependencies(
                        null, LOCAL, null, new MockEnvironment().withProperty(setting, "https://out.example.org")))
                .as(setting)
                .extracting(Dependency::host)
                .contains("out.example.org"));
    }

    private static List<Dependency> dependencies(
            @Nullable String databaseUrl, String issuer, @Nullable String search, MockEnvironment environment) {
        return dependencies(databaseUrl, issuer, search, null, environment);
    }

    private static List<Dependency> dependencies(
            @Nullable String databaseUrl,
            String issuer,
            @Nullable String search,
            @Nullable String video,
            MockEnvironment environment) {
        return Dependencies.of(
                new DatabaseProperties(databaseUrl, "u", "p", 20),
                new OAuthProperties(issuer, LOCAL, null, null, "fhir-server", null, Duration.ofSeconds(10)),
                new FullTextProperties(search, null, null, Duration.ofSeconds(1), Duration.ofSeconds(5)),
                new VideoProperties(video, Duration.ofMinutes(15)),
                environment);
    }
}
