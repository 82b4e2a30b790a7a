package eu.sinusnode.server.fulltext.table;

import org.jspecify.annotations.Nullable;

/** Text that grows to a length and no further: what stands behind it is not found. */
final class BoundedText {

    /** About eighty pages. */
    static final int MOST_CHARACTERS = 250_000;

    private final StringBuilder text = new StringBuilder();

    void append(@Nullable String piece) {
        if (piece != null) {
            int room = Math.min(piece.length(), MOST_CHARACTERS - text.length());
            for (int i = 0; i < room; i++) {
                char c = piece.charAt(i);
                text.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
    }

    /** A piece of text of its own. */
    void add(@Nullable String piece) {
        append(piece);
        append("\n");
    }

    String text() {
        int end = text.length();
        boolean half = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, half ? end - 1 : end).strip();
    }
}
