package eu.sinusnode.server.projection;

import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Gives SQL to the connection of the transaction that is running in this thread, and to no other. */
public class RunningTransaction {

    private static final String HOLD = """
            SELECT r.fhir_id FROM public.hfj_resource r
            WHERE r.res_type = ? AND r.fhir_id = ? AND r.res_deleted_at IS NULL
            FOR NO KEY UPDATE
            """;

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;

    /** @param dataSource the one that the transaction manager of the FHIR storage works on */
    public RunningTransaction(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** @throws IllegalStateException when no transaction on the data source is running */
    public <T extends @Nullable Object> T execute(ConnectionCallback<T> work) {
        return guarded().execute(work);
    }

    /**
     * @return rows changed
     * @throws IllegalStateException when no transaction on the data source is running
     */
    public int update(String sql, @Nullable Object... arguments) {
        return guarded().update(sql, arguments);
    }

    /**
     * Asks for one value.
     *
     * @throws IllegalStateException when no transaction on the data source is running
     */
    public <T> @Nullable T queryForObject(String sql, Class<T> type, Object... arguments) {
        return guarded().queryForObject(sql, type, arguments);
    }

    /**
     * Asks for one column.
     *
     * @throws IllegalStateException when no transaction on the data source is running
     */
    public <T> List<T> queryForList(String sql, Class<T> type, Object... arguments) {
        return guarded().queryForList(sql, type, arguments);
    }

    /**
     * Holds the row of a record until the end, so that who else holds it waits. What refers to it is stored meanwhile.
     *
     * @return whether such a record is stored
     * @throws IllegalStateException when no transaction on the data source is running
     */
    public boolean hold(String resourceType, String id) {
        return !guarded().queryForList(HOLD, String.class, resourceType, id).isEmpty();
    }

    /**
     * One batch of the same statement.
     *
     * @param arguments gives the values of a row
     * @throws IllegalStateException when no transaction on the data source is running
     */
    public <T> void batch(String sql, List<T> rows, Function<T, @Nullable Object[]> arguments) {
        if (!rows.isEmpty()) {
            guarded().batchUpdate(sql, rows.stream().map(arguments).toList());
        }
    }

    /** Without this, Spring would quietly open a second connection that commits by itself. */
    private JdbcTemplate guarded() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(dataSource)) {
            throw new IllegalStateException("The storage transaction does not share its JDBC connection.");
        }
        return jdbc;
    }
}
