package eu.sinusnode.server.fulltext.follow;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the indexes say of themselves in {@code sinusnode.full_text_index}, for whoever waits for them. */
public final class NodeReport {

    private static final String SAY = """
            INSERT INTO sinusnode.full_text_index (node, generation, documents, pending, seen)
            VALUES (?, ?, ?, ?, now())
            ON CONFLICT (node) DO UPDATE SET generation = EXCLUDED.generation, documents = EXCLUDED.documents,
                pending = EXCLUDED.pending, seen = EXCLUDED.seen
            """;

    private static final String HEAR =
            "SELECT node, generation, documents, pending, seen FROM sinusnode.full_text_index ORDER BY node";

    private final JdbcTemplate jdbc;

    public NodeReport(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * One index.
     *
     * @param generation the order that it was made by, -1 while it is made
     * @param documents records in it
     * @param pending changes that it still lacks
     * @param seen when it last said so
     */
    public record Node(String name, long generation, long documents, long pending, Instant seen) {}

    public void say(String node, long generation, long documents, long pending) {
        jdbc.update(SAY, node, generation, documents, pending);
    }

    public List<Node> nodes() {
        return jdbc.query(
                HEAR,
                (row, number) -> new Node(
                        Objects.requireNonNull(row.getString(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        Objects.requireNonNull(row.getObject(5, OffsetDateTime.class))
                                .toInstant()));
    }
}
