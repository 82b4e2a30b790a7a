package eu.sinusnode.server.fulltext.follow;

import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * In the database, for an index that all nodes share. The row's lock lets one node at a time take a step; whichever it is
 * leads for that step, so that a node that dies leaves nothing behind.
 */
public final class DatabasePosition implements IndexPosition {

    /** The name of the shared index among the nodes. */
    public static final String SHARED = "shared";

    private static final String MAKE =
            "INSERT INTO sinusnode.full_text_index (node) VALUES (?) ON CONFLICT (node) DO NOTHING";
    private static final String READ = "SELECT position FROM sinusnode.full_text_index WHERE node = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    public DatabasePosition(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public IndexState advance(Step step) {
        jdbc.update(MAKE, SHARED);
        return Objects.requireNonNull(transactions.execute(status -> {
            Advance advance = step.from(read(READ + " FOR UPDATE"));
            if (advance.durable()) {
                jdbc.update(
                        "UPDATE sinusnode.full_text_index SET position = ? WHERE node = ?",
                        advance.state().toString(),
                        SHARED);
            }
            return advance.state();
        }));
    }

    @Override
    public Optional<IndexState> remembered() {
        return read(READ);
    }

    private Optional<IndexState> read(String sql) {
        return jdbc.queryForList(sql, String.class, SHARED).stream()
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(IndexState::parse);
    }
}
