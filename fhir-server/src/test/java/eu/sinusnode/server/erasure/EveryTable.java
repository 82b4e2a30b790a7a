package eu.sinusnode.server.erasure;

import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Looks through every column of every row of a database, those of tables that nobody thought of too. */
final class EveryTable {

    /** How HAPI's tables name a resource by its number. */
    private static final String NUMBERS = """
            SELECT format('%I.%I', c.table_schema, c.table_name), c.column_name
            FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
                AND c.data_type = 'bigint' AND c.column_name ~ '(^|_)(res|resource|target|golden_resource)(_id|_pid)$'
            """;

    private static final String TABLES = """
            SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
            WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
            """;

    private final JdbcTemplate database;

    EveryTable(JdbcTemplate database) {
        this.database = database;
    }

    /** By table, which of the texts stand in it: as they are, or in bytes. It takes as long as it takes. */
    Map<String, Set<String>> with(Collection<String> texts) {
        String[] wanted = texts.stream().flatMap(EveryTable::forms).toArray(String[]::new);
        Map<String, Set<String>> found = database.execute((ConnectionCallback<Map<String, Set<String>>>) connection -> {
            try (Statement patience = connection.createStatement()) {
                patience.execute("SET statement_timeout = 0");
                try {
                    return with(wanted, new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
                } finally {
                    patience.execute("RESET statement_timeout");
                }
            }
        });
        return Objects.requireNonNull(found);
    }

    private static Map<String, Set<String>> with(String[] wanted, JdbcTemplate database) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (String table : database.queryForList(TABLES, String.class)) {
            Set<String> here = new TreeSet<>(database.query(
                    connection -> {
                        // A row is written out once, and not once for each text.
                        var select = connection.prepareStatement(
                                "SELECT DISTINCT here.w FROM (SELECT every::text AS line FROM "
                                        + table + " AS every OFFSET 0) AS all_lines CROSS JOIN LATERAL"
                                        + " (SELECT w FROM unnest(?) AS w WHERE strpos(all_lines.line, w) > 0) AS here");
                        select.setArray(1, connection.createArrayOf("text", wanted));
                        return select;
                    },
                    (row, number) -> row.getString(1)));
            if (!here.isEmpty()) {
                found.put(table, here);
            }
        }
        return found;
    }

    /** By column, which of the storage's numbers of resources stand in it. */
    Map<String, List<Long>> withNumbers(Collection<Long> numbers) {
        Map<String, List<Long>> found = new TreeMap<>();
        database.query(NUMBERS, row -> {
            String table = row.getString(1);
            String column = row.getString(2);
            List<Long> here = database.query(
                    connection -> {
                        var select = connection.prepareStatement("SELECT DISTINCT t." + column + " FROM " + table
                                + " t WHERE t." + column + " = ANY (?)");
                        select.setArray(1, connection.createArrayOf("bigint", numbers.toArray()));
                        return select;
                    },
                    (hit, number) -> hit.getLong(1));
            if (!here.isEmpty()) {
                found.put(table + "." + column, here);
            }
        });
        return found;
    }

    long largeObjects() {
        Long count = database.queryForObject("SELECT count(*) FROM pg_largeobject_metadata", Long.class);
        return count == null ? 0 : count;
    }

    private static Stream<String> forms(String text) {
        String inBytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        String uuid = text.replace("-", "");
        return uuid.length() == 32 && !uuid.equals(text) ? Stream.of(text, inBytes, uuid) : Stream.of(text, inBytes);
    }
}
