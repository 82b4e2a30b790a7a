package eu.sinusnode.server.copies;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/** New rows of one of HAPI's tables, each with its number. */
final class CopyRows {

    private final HapiTable table;
    private final PrimitiveIterator.OfLong numbers;
    private final CopyText text = new CopyText();

    /** @param numbers of the rows */
    CopyRows(HapiTable table, PrimitiveIterator.OfLong numbers) {
        this.table = table;
        this.numbers = numbers;
    }

    /**
     * Adds a row.
     *
     * @param values in the order of the table's columns, but for the first, which is the row's number
     * @return the row's number
     */
    long add(@Nullable Object... values) {
        long number = numbers.nextLong();
        @Nullable Object[] row = new Object[values.length + 1];
        row[0] = number;
        System.arraycopy(values, 0, row, 1, values.length);
        text.add(row);
        return number;
    }

    String text() {
        return text.toString();
    }

    void copy(Connection connection) throws SQLException {
        text.copy(connection, table.copy());
    }
}
