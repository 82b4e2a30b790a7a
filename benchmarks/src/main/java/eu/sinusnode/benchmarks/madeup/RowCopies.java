package eu.sinusnode.benchmarks.madeup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Copies rows of a record that is stored, once for each row of a table of made-up ones, with other values in some columns. */
public final class RowCopies {

    private final Connection connection;

    public RowCopies(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param from table of the made-up ones, {@code m} in the expressions
     * @param table with its schema, whose rows are copied; {@code s} in the condition
     * @param which rows, as a condition
     * @param others SQL expressions by column; all other columns keep the value of the row that is copied
     * @return a statement that further conditions may be added to with {@code AND}
     */
    public String statement(String from, String table, String which, Map<String, String> others) throws SQLException {
        String[] named = table.split("\\.", 2);
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (PreparedStatement columns = connection.prepareStatement("""
                SELECT column_name FROM information_schema.columns
                WHERE table_schema = ? AND table_name = ? AND is_identity = 'NO' AND is_generated = 'NEVER'""")) {
            columns.setString(1, named[0]);
            columns.setString(2, named[1]);
            try (ResultSet row = columns.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    names.add(name);
                    values.add(others.getOrDefault(name, "s." + name));
                }
            }
        }
        return "INSERT INTO %s (%s) SELECT %s FROM %s m, %s s WHERE %s"
                .formatted(table, String.join(", ", names), String.join(", ", values), from, table, which);
    }

    /** Indexes that are made behind the rows are made in a tenth of the time: dropped, and what makes them again. */
    public List<String> dropIndexesOfReadings() throws SQLException {
        List<String> definitions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'sinusnode'
                            AND tablename = 'vital_reading' AND indexname <> 'vital_reading_pkey'""")) {
            while (row.next()) {
                names.add(row.getString(1));
                definitions.add(row.getString(2));
            }
        }
        for (String name : names) {
            execute("DROP INDEX sinusnode." + name);
        }
        return definitions;
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** @throws IllegalStateException when there is no row */
    public String single(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new IllegalStateException("The loaded cohort lacks what is to be copied");
            }
            return row.getString(1);
        }
    }
}
