package eu.sinusnode.server.copies;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The rows of one {@code COPY … FROM STDIN}, in PostgreSQL's text format (COPY, "Text Format"). */
final class CopyRows {

    private final HapiTable table;
    private final PrimitiveIterator.OfLong numbers;
    private final StringBuilder text = new StringBuilder();

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
        text.append(number);
        for (Object value : values) {
            text.append('\t');
            append(value);
        }
        text.append('\n');
        return number;
    }

    String text() {
        return text.toString();
    }

    void copy(Connection connection) throws SQLException {
        if (text.isEmpty()) {
            return;
        }
        CopyIn stream = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copy());
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            stream.writeToCopy(bytes, 0, bytes.length);
            stream.endCopy();
        } finally {
            if (stream.isActive()) {
                stream.cancelCopy();
            }
        }
    }

    private void append(@Nullable Object value) {
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof String words) {
            appendEscaped(words);
        } else {
            text.append(value);
        }
    }

    private void appendEscaped(String words) {
        int copied = 0;
        for (int i = 0; i < words.length(); i++) {
            String escape =
                    switch (words.charAt(i)) {
                        case '\\' -> "\\\\";
                        case '\t' -> "\\t";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        default -> "";
                    };
            if (!escape.isEmpty()) {
                text.append(words, copied, i).append(escape);
                copied = i + 1;
            }
        }
        text.append(words, copied, words.length());
    }
}
