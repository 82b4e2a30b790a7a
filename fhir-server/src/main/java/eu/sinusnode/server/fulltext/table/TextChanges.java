package eu.sinusnode.server.fulltext.table;

import eu.sinusnode.server.projection.WriteAheadLog;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads {@code sinusnode.full_text} for the indexes, a page at a time and without holding a transaction. A row that
 * changes while pages are read comes in its new form, now or with the next reading; none is passed over.
 */
public final class TextChanges {

    /** Of the longest records, what a hundred megabytes hold. */
    private static final int PAGE = 200;

    private static final String COLUMNS = """
            SELECT resource_type, resource, version, language, patients, limits, narrative, content, gone, forgotten,
                change_sequence
            FROM sinusnode.full_text
            """;

    private static final String UNSEEN =
            " change_sequence >= ? AND NOT pg_visible_in_snapshot(change_sequence::text::xid8, ?::pg_snapshot)";

    private static final String CHANGED = COLUMNS + "WHERE" + UNSEEN
            + " AND (change_sequence, resource, resource_type) > (?, ?, ?)"
            + " ORDER BY change_sequence, resource, resource_type LIMIT " + PAGE;

    private static final String PRESENT = COLUMNS
            + "WHERE (resource, resource_type) > (?, ?) AND NOT gone ORDER BY resource, resource_type LIMIT " + PAGE;

    private static final String SOURCE = """
            SELECT s.source || '/' || c.system_identifier, s.generation
            FROM sinusnode.full_text_source s, pg_control_system() c
            """;

    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcTemplate jdbc;

    public TextChanges(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * The database that indexes are made from.
     *
     * @param identity of the database and its cluster: transaction ids of another cluster mean nothing here
     * @param generation how often the indexes were ordered to be made anew
     */
    public record Source(String identity, long generation) {}

    private record Keyed(TextRow row, long changeSequence) {}

    public Source source() {
        return Objects.requireNonNull(
                jdbc.queryForObject(SOURCE, (row, number) -> new Source(text(row, 1), row.getLong(2))));
    }

    /** What is committed now. */
    public TextSnapshot now() {
        return TextSnapshot.parse(
                Objects.requireNonNull(jdbc.queryForObject("SELECT pg_current_snapshot()::text", String.class)));
    }

    /** As {@link #now()}, and one that an index may remember although PostgreSQL dies the next moment. */
    public TextSnapshot memorable() {
        TextSnapshot now = now();
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            WriteAheadLog.flush(connection);
            return true;
        });
        return now;
    }

    /** Orders every index to be made anew. */
    public long orderRebuild() {
        return Objects.requireNonNull(jdbc.queryForObject(
                "UPDATE sinusnode.full_text_source SET generation = generation + 1 RETURNING generation", Long.class));
    }

    /** Rows that came from another cluster carry its transaction ids; they are given one of this cluster. */
    public void adopt() {
        jdbc.update("""
                UPDATE sinusnode.full_text SET change_sequence = pg_current_xact_id()::text::bigint
                WHERE change_sequence >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                """);
    }

    /** How many rows have changed since the snapshot. */
    public long countSince(TextSnapshot snapshot) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT count(*) FROM sinusnode.full_text WHERE" + UNSEEN,
                Long.class,
                snapshot.oldest(),
                snapshot.toString()));
    }

    public long countPresent() {
        return Objects.requireNonNull(
                jdbc.queryForObject("SELECT count(*) FROM sinusnode.full_text WHERE NOT gone", Long.class));
    }

    /** Every row that has changed since the snapshot, those that are gone too. */
    public void eachSince(TextSnapshot snapshot, Consumer<List<TextRow>> pages) {
        Keyed last = null;
        List<Keyed> page;
        do {
            page = jdbc.query(
                    CHANGED,
                    (row, number) -> keyed(row),
                    snapshot.oldest(),
                    snapshot.toString(),
                    last == null ? Long.MIN_VALUE : last.changeSequence(),
                    last == null ? FIRST : last.row().resource(),
                    last == null ? "" : last.row().resourceType());
            last = hand(page, pages, last);
        } while (page.size() == PAGE);
    }

    /** Every record that has words. */
    public void eachPresent(Consumer<List<TextRow>> pages) {
        Keyed last = null;
        List<Keyed> page;
        do {
            page = jdbc.query(
                    PRESENT,
                    (row, number) -> keyed(row),
                    last == null ? FIRST : last.row().resource(),
                    last == null ? "" : last.row().resourceType());
            last = hand(page, pages, last);
        } while (page.size() == PAGE);
    }

    private static @Nullable Keyed hand(List<Keyed> page, Consumer<List<TextRow>> pages, @Nullable Keyed last) {
        if (page.isEmpty()) {
            return last;
        }
        pages.accept(page.stream().map(Keyed::row).toList());
        return page.get(page.size() - 1);
    }

    private static Keyed keyed(ResultSet row) throws SQLException {
        return new Keyed(
                new TextRow(
                        text(row, 1),
                        Objects.requireNonNull(row.getObject(2, UUID.class)),
                        row.getInt(3),
                        text(row, 4),
                        Arrays.asList((UUID[]) array(row, 5)),
                        Arrays.asList((String[]) array(row, 6)),
                        text(row, 7),
                        text(row, 8),
                        row.getBoolean(9),
                        row.getBoolean(10)),
                row.getLong(11));
    }

    private static Object array(ResultSet row, int column) throws SQLException {
        Array array = Objects.requireNonNull(row.getArray(column));
        return array.getArray();
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
