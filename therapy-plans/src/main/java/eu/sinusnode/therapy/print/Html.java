package eu.sinusnode.therapy.print;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML that is well-formed XML too. Whatever comes from a record goes through {@link #text}, or is an attribute, and can be
 * nothing but text there.
 */
final class Html {

    private final StringBuilder written = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    Html open(String element, String... attributes) {
        start(element, attributes);
        open.push(element);
        return this;
    }

    Html close() {
        written.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element that holds nothing. */
    Html empty(String element, String... attributes) {
        start(element, attributes);
        written.setLength(written.length() - 1);
        written.append("/>\n");
        return this;
    }

    Html text(String text) {
        written.append(escaped(text));
        return this;
    }

    /** An element with nothing but text. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** A stylesheet of this program's own. */
    Html style(String sheet) {
        written.append("<style>").append(sheet).append("</style>\n");
        return this;
    }

    @Override
    public String toString() {
        return written.toString();
    }

    private void start(String element, String... attributes) {
        written.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            written.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        written.append('>');
    }

    /** What XML has no character for becomes a question mark. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isXml(character) ? character : '?');
            }
        });
        return safe.toString();
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character >= ' ' && character <= 0xD7FF
                || character >= 0xE000 && character <= 0xFFFD
                || character >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
