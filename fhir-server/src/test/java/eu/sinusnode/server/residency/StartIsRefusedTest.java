package eu.sinusnode.server.residency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

/** The server's own configuration of the check, without the rest of the server. */
class StartIsRefusedTest {

    @TempDir
    private Path parent;

    @Test
    void whatRunsOnThisMachineAloneStarts() {
        part().run(context -> assertThat(context).hasNotFailed());
        part().withPropertyValues("sinusnode.full-text.elasticsearch-url=http://127.0.0.1:9200")
                .run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "sinusnode.database.url, jdbc:postgresql://db.example.org/x, db.example.org",
        "sinusnode.database.url, 'jdbc:postgresql://127.0.0.1,replica.example.org/x', replica.example.org",
        "sinusnode.oauth.issuer, https://login.example.org/realms/x, login.example.org",
        "sinusnode.oauth.jwk-set-uri, https://keys.example.org/x, keys.example.org",
        "sinusnode.oauth.introspection-uri, https://standing.example.org/x, standing.example.org",
        "sinusnode.full-text.elasticsearch-url, https://search.example.org, search.example.org",
        "spring.mail.host, mail.example.org, mail.example.org",
        "management.otlp.tracing.endpoint, https://otlp.example.org, otlp.example.org",
        "management.otlp.logging.endpoint, https://otlp.example.org, otlp.example.org",
        "management.otlp.metrics.export.url, https://otlp.example.org, otlp.example.org",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, https://otlp.example.org:4318/v1/traces, otlp.example.org",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, https://otlp.example.org:4318/v1/metrics, otlp.example.org",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, https://otlp.example.org:4318/v1/logs, otlp.example.org",
    })
    void aDependencyThatIsNotRegisteredIsNamedWithItsSettingTheFileAndTheRemedy(
            String setting, String value, String host) {
        part().withPropertyValues(setting + "=" + value).run(context -> {
            Throwable refusal =
                    NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(context.getStartupFailure()));
            assertThat(refusal)
                    .isInstanceOfSatisfying(ResidencyException.class, told -> assertThat(told.remedy())
                            .contains("./sinusnode residency sign"))
                    .hasMessageContaining(TestResidency.document(home()) + ": ")
                    .hasMessageContaining(setting + " leads to " + host);
            assertThat(new ResidencyFailureAnalyzer().analyze(refusal)).satisfies(analysis -> {
                assertThat(analysis.getDescription()).isEqualTo(refusal.getMessage());
                assertThat(analysis.getAction()).isEqualTo(((ResidencyException) refusal).remedy());
            });
        });
    }

    /** What the attestation and docs promise of the shipped file. */
    @Test
    void theShippedFileKnowsTheAdequacyDecisionsAndUsesNone() {
        part().run(context -> {
            SignedResidency shipped = context.getBean(SignedResidency.class);
            LocalDate day = LocalDate.of(2026, 11, 27);
            assertThat(shipped.rules().countries(day)).hasSize(27);
            assertThat(shipped.rules().adequacy())
                    .extracting(decision -> decision.country())
                    .containsExactlyElementsOf(List.of(
                            "AD", "AR", "BR", "CA", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "US",
                            "UY"));
            assertThat(shipped.rules().adequacy())
                    .filteredOn(decision -> decision.opens(decision.country(), day))
                    .extracting(decision -> decision.country())
                    .containsExactly("AD", "AR", "BR", "CH", "FO", "GB", "GG", "IM", "JE", "NZ", "UY");
        });
    }

    private Path home() {
        return parent.resolve("home");
    }

    private ApplicationContextRunner part() {
        return ResidencyPart.settings(home()).withUserConfiguration(ResidencyPart.class);
    }
}
