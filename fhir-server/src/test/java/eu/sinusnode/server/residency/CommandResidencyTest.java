package eu.sinusnode.server.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.storage.CommandDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands beside the server are held to the signed document as the server is, before they open a connection. */
class CommandResidencyTest {

    @TempDir
    private Path parent;

    private Path home = Path.of("");

    @BeforeEach
    void aServerWithASignedDocument() {
        home = parent.resolve("home");
        TestResidency.write(home, """
                {"version": 1, "tier": "EU27",
                 "site": {"country": "DE", "operator": "Klinikum am See", "declared": true},
                 "endpoints": [
                   {"purpose": "database", "host": "loopback"},
                   {"purpose": "database", "host": "db.example.org", "country": "DE", "operator": "Klinikum am See"},
                   {"purpose": "full-text", "host": "search.example.org", "country": "AT", "operator": "Suche GmbH"}],
                 "adequacy": []}
                """);
        assertThat(TestResidency.command(home, "sign")).startsWith("0: Signed ");
    }

    private Map<String, String> environment(String setting, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("SINUSNODE_HOME", home.toString()));
        environment.put(setting, value);
        return environment;
    }

    @ParameterizedTest
    @CsvSource({
        "SINUSNODE_POSTGRES_PORT, 54329",
        "SINUSNODE_DATABASE_URL, jdbc:postgresql://db.example.org/x",
        "SINUSNODE_DATABASE_URL, 'jdbc:postgresql://127.0.0.1,db.example.org:5433/x'",
        "SINUSNODE_FULL_TEXT_ELASTICSEARCH_URL, https://search.example.org:9200",
    })
    void whatIsRegisteredIsUsed(String setting, String value) {
        assertThatCode(() -> CommandResidency.demandInside(home, environment(setting, value), Clock.systemUTC()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "SINUSNODE_DATABASE_URL, jdbc:postgresql://elsewhere.example.org/x, elsewhere.example.org",
        "SINUSNODE_DATABASE_URL, 'jdbc:postgresql://db.example.org,elsewhere.example.org/x', elsewhere.example.org",
        "SINUSNODE_DATABASE_URL, jdbc:postgresql://search.example.org/x, search.example.org",
        "SINUSNODE_FULL_TEXT_ELASTICSEARCH_URL, https://elsewhere.example.org, elsewhere.example.org",
        "SINUSNODE_FULL_TEXT_ELASTICSEARCH_URL, http://127.0.0.1:9200, loopback",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, https://otlp.example.org, otlp.example.org",
    })
    void whatIsNotIsRefusedBeforeAConnectionIsOpened(String setting, String value, String host) {
        // The drivers would fail with another message: no such host answers.
        assertThatThrownBy(() -> CommandDatabase.of(environment(setting, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(setting + " leads to " + host)
                .hasMessageContaining("residency sign");
    }

    @Test
    void aChangedDocumentStopsACommandToo() throws Exception {
        Files.writeString(TestResidency.document(home), " ", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> CommandDatabase.of(environment("SINUSNODE_POSTGRES_PORT", "54329")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not what was signed last");
    }
}
