package eu.sinusnode.server.copies;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows for one {@code COPY … FROM STDIN}, in PostgreSQL's text format (COPY, "Text Format"). */
public final class CopyText {

    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder text = new StringBuilder();

    /**
     * Adds a row.
     *
     * @param values in the order of the statement's columns: null, String, byte[], a List of Strings for an array of texts,
     *     or what PostgreSQL reads as it prints itself (numbers, UUID, Instant, LocalDate)
     */
    public void add(@Nullable Object... values) {
        char before = 0;
        for (Object value : values) {
            if (before != 0) {
                text.append(before);
            }
            before = '\t';
            append(value);
        }
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** @param statement that names the table and its columns; it is not sent when there is no row */
    public void copy(Connection connection, String statement) throws SQLException {
        if (text.isEmpty()) {
            return;
        }
        CopyIn stream = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
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
        } else if (value instanceof byte[] bytes) {
            text.append("\\\\x").append(HEX.formatHex(bytes));
        } else if (value instanceof List<?> texts) {
            appendEscaped(array(texts));
        } else {
            text.append(value);
        }
    }

    /** As an array is read (Arrays, "Array Input and Output Syntax"). */
    private static String array(List<?> texts) {
        StringBuilder array = new StringBuilder("{");
        for (Object element : texts) {
            array.append(array.length() == 1 ? "\"" : ",\"")
                    .append(element.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append('}').toString();
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
