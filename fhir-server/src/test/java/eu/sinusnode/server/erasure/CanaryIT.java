package eu.sinusnode.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.server.export.ExportClient;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.postgres.Compaction;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import eu.sinusnode.server.postgres.TestPostgres;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * After an erasure and the maintenance that {@code docs/rights.md} names, no file of the server or of PostgreSQL has a byte
 * of the person: data, write-ahead log, index, exports, journal, work folders, what the server says and its folder of
 * temporary files.
 */
class CanaryIT extends RunningServer {

    private static final Path SAID = HOME.resolve("canary.log");

    @Autowired
    ServletContext servlets;

    @Test
    void noFileHoldsAByteOfThePerson() throws Exception {
        writeDownWhatTheServerSays();
        ErasedPerson person = new ErasedPerson("canary-thea").stored();
        String own = exported(person.token());
        List<String> wanted = new ArrayList<>(person.canaries());
        wanted.add(person.id);
        ByteSearch search = new ByteSearch(wanted);
        RunningPostgres postgres = TestPostgres.server();
        Path temporary = ((File) servlets.getAttribute(ServletContext.TEMPDIR)).toPath();
        checkpoint(postgres);
        assertThat(search.below(postgres.home(), HOME))
                .as("before the erasure they are in tables and in the log")
                .anyMatch(hit -> hit.contains("/pg_wal/"))
                .anyMatch(hit -> hit.contains("/base/"))
                .anyMatch(hit -> hit.contains(" in 16 bytes"));
        assertThat(Files.exists(folder(own))).isTrue();

        assertThat(person.erase().status()).isEqualTo(200);

        assertThat(Files.exists(folder(own))).as("the files of the export").isFalse();
        List<String> told = new ArrayList<>();
        Compaction.run(url(postgres), postgres.password(PostgresControl.SUPERUSER), told::add);
        assertThat(told).hasSize(2);
        assertThat(search.below(postgres.home(), HOME, temporary)).isEmpty();
        assertThat(get("/metadata", null).status()).isEqualTo(200);
        assertThat(SAID).as("the server has said something").isNotEmptyFile();
    }

    /** Into a file below the folders that are searched, in the form in which it stands on the console. */
    private static void writeDownWhatTheServerSays() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        FileAppender<ILoggingEvent> file = new FileAppender<>();
        file.setContext(context);
        file.setFile(SAID.toString());
        root.iteratorForAppenders().forEachRemaining(each -> {
            if (each instanceof ConsoleAppender<ILoggingEvent> console) {
                file.setEncoder(console.getEncoder());
            }
        });
        file.start();
        root.addAppender(file);
        LoggerFactory.getLogger(CanaryIT.class).warn("From here on this file has what the server says.");
    }

    private static String exported(String token) {
        ExportClient client = new ExportClient(token);
        String status = client.started("/$export?_type=Patient,Condition");
        JsonNode manifest = client.manifest(status);
        assertThat(manifest.at("/output")).isNotEmpty();
        return status;
    }

    private static Path folder(String status) {
        return HOME.resolve("exports").resolve(status.replaceAll(".*[=/]", ""));
    }

    private static void checkpoint(RunningPostgres postgres) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        postgres.url("postgres"),
                        PostgresControl.SUPERUSER,
                        postgres.password(PostgresControl.SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    private String url(RunningPostgres postgres) {
        return postgres.url(database.queryForObject("SELECT current_database()", String.class));
    }
}
