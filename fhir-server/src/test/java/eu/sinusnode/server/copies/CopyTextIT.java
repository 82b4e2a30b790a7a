package eu.sinusnode.server.copies;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.postgres.TestPostgres.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whether PostgreSQL reads what was meant. */
class CopyTextIT {

    /** What ends a field, a row, an array or the COPY, and what stands for null, when it is not escaped. */
    private static final List<String> HOSTILE = List.of(
            "",
            "\\N",
            "\\.",
            "a\tb\nc\rd",
            "\\",
            "\\\\x00",
            "\"",
            "{\"a\",\"b\"}",
            ",",
            "NULL",
            " null ",
            "}",
            "ä € 😀");

    private static final TestDatabase DATABASE = TestPostgres.emptyDatabase();

    @Test
    void whatIsCopiedIsWhatWasMeant() throws SQLException {
        Instant at = Instant.parse("2024-02-29T23:59:59.123Z");
        LocalDate day = LocalDate.of(2024, 2, 29);
        UUID id = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");
        byte[] bytes = {0, -1, 92, 10};
        CopyText rows = new CopyText();
        HOSTILE.forEach(words -> rows.add(words, HOSTILE, bytes, at, day, id, 7L));
        rows.add(null, List.of(), null, null, null, null, null);

        try (Connection connection =
                        DriverManager.getConnection(DATABASE.url(), DATABASE.username(), DATABASE.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE copied (words text, texts text[], bytes bytea, at timestamptz, day date,"
                            + " id uuid, number bigint)");
            rows.copy(connection, "COPY copied (words, texts, bytes, at, day, id, number) FROM STDIN");
            new CopyText().copy(connection, "COPY copied FROM STDIN");

            List<String> words = new ArrayList<>();
            try (ResultSet row = statement.executeQuery("SELECT * FROM copied WHERE words IS NOT NULL ORDER BY ctid")) {
                while (row.next()) {
                    words.add(row.getString("words"));
                    assertThat((String[]) row.getArray("texts").getArray()).containsExactlyElementsOf(HOSTILE);
                    assertThat(row.getBytes("bytes")).isEqualTo(bytes);
                    assertThat(row.getObject("at", OffsetDateTime.class).toInstant())
                            .isEqualTo(at);
                    assertThat(row.getObject("day", LocalDate.class)).isEqualTo(day);
                    assertThat(row.getObject("id", UUID.class)).isEqualTo(id);
                    assertThat(row.getLong("number")).isEqualTo(7);
                }
            }
            assertThat(words).containsExactlyElementsOf(HOSTILE);
            try (ResultSet row = statement.executeQuery("SELECT * FROM copied WHERE words IS NULL")) {
                assertThat(row.next()).isTrue();
                assertThat((String[]) row.getArray("texts").getArray()).isEmpty();
                assertThat(row.getBytes("bytes")).isNull();
                assertThat(row.getObject("at")).isNull();
                assertThat(row.next()).isFalse();
            }
        }
    }
}
