package eu.sinusnode.server.copies;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Numbers for new rows, from the sequences that HAPI's entities draw theirs from. Hibernate counts a sequence in blocks
 * ("pooled" optimizer): whoever draws {@code n} owns the fifty numbers up to it. So what is drawn here is nobody else's,
 * on this node and on others.
 */
final class RowNumbers {

    static final int BLOCK = 50;

    private final Map<HapiTable, PrimitiveIterator.OfLong> numbers;

    private RowNumbers(Map<HapiTable, PrimitiveIterator.OfLong> numbers) {
        this.numbers = numbers;
    }

    /** @param rows how many each table needs, at least one */
    static RowNumbers draw(Connection connection, Map<HapiTable, Integer> rows) throws SQLException {
        String draws = rows.keySet().stream()
                .map(table -> "SELECT %d, nextval('public.%s') FROM generate_series(1, ?)"
                        .formatted(table.ordinal(), table.sequence()))
                .collect(Collectors.joining(" UNION ALL "));
        Map<HapiTable, LongStream> drawn = new EnumMap<>(HapiTable.class);
        try (PreparedStatement statement = connection.prepareStatement(draws)) {
            int parameter = 0;
            for (int wanted : rows.values()) {
                statement.setInt(++parameter, (wanted + BLOCK - 1) / BLOCK);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long end = row.getLong(2);
                    drawn.merge(
                            HapiTable.values()[row.getInt(1)],
                            LongStream.rangeClosed(end - BLOCK + 1, end),
                            LongStream::concat);
                }
            }
        }
        Map<HapiTable, PrimitiveIterator.OfLong> numbers = new EnumMap<>(HapiTable.class);
        drawn.forEach((table, own) -> numbers.put(table, own.iterator()));
        return new RowNumbers(numbers);
    }

    /** The numbers of one table's rows. */
    PrimitiveIterator.OfLong of(HapiTable table) {
        return numbers.getOrDefault(table, LongStream.empty().iterator());
    }
}
