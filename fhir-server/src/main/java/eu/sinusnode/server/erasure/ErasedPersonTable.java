package eu.sinusnode.server.erasure;

import eu.sinusnode.server.audit.store.ErasedPersons;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code sinusnode.erased_person}, on the connection of the transaction that is running on the data source, if one is. */
public final class ErasedPersonTable implements ErasedPersons {

    private static final String AMONG = """
            SELECT asked.mark FROM unnest(?) AS asked (mark)
            JOIN sinusnode.erased_person e ON e.mark = decode(asked.mark, 'hex')
            """;

    private final JdbcTemplate jdbc;
    private final ErasureMarks marks;

    public ErasedPersonTable(DataSource dataSource, ErasureMarks marks) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.marks = marks;
    }

    @Override
    public Set<String> among(Collection<String> references) {
        Map<String, String> byMark = new HashMap<>();
        references.forEach(reference ->
                marks.all(reference).forEach(mark -> byMark.put(HexFormat.of().formatHex(mark.value()), reference)));
        if (byMark.isEmpty()) {
            return Set.of();
        }
        Set<String> erased = new HashSet<>();
        jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement(AMONG);
                    select.setArray(
                            1, connection.createArrayOf("text", byMark.keySet().toArray()));
                    return select;
                },
                row -> {
                    erased.add(byMark.get(row.getString(1)));
                });
        return erased;
    }

    void put(Collection<String> references, Instant erased) {
        for (String reference : references) {
            ErasureMarks.Mark mark = marks.current(reference);
            jdbc.update(
                    "INSERT INTO sinusnode.erased_person (mark, kid, erased) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    mark.value(),
                    mark.kid(),
                    erased.atOffset(ZoneOffset.UTC));
        }
    }
}
