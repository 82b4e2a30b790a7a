package eu.sinusnode.server.fulltext.follow;

import eu.sinusnode.server.fulltext.index.Analyses;
import eu.sinusnode.server.fulltext.table.TextChanges.Source;
import eu.sinusnode.server.fulltext.table.TextSnapshot;
import java.util.Optional;

/**
 * What an index holds.
 *
 * @param format of its analysis
 * @param source the database, and which order to make indexes anew it was made by
 * @param index the mark that stands in the index
 * @param snapshot everything that was visible in it is in the index
 */
public record IndexState(int format, Source source, String index, TextSnapshot snapshot) {

    private static final String BETWEEN = " ";

    static IndexState of(Source source, String index, TextSnapshot snapshot) {
        return new IndexState(Analyses.FORMAT, source, index, snapshot);
    }

    /** Empty for what is no state, as a file that was not written to its end. */
    static Optional<IndexState> parse(String text) {
        String[] parts = text.strip().split(BETWEEN, -1);
        try {
            return parts.length != 5
                    ? Optional.empty()
                    : Optional.of(new IndexState(
                            Integer.parseInt(parts[0]),
                            new Source(parts[1], Long.parseLong(parts[2])),
                            parts[3],
                            TextSnapshot.parse(parts[4])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether changes since then are all that the index lacks. */
    boolean isOf(Source now, TextSnapshot current) {
        return format == Analyses.FORMAT && source.equals(now) && snapshot.next() <= current.next();
    }

    IndexState at(TextSnapshot reached) {
        return new IndexState(format, source, index, reached);
    }

    @Override
    public String toString() {
        return String.join(
                BETWEEN,
                String.valueOf(format),
                source.identity(),
                String.valueOf(source.generation()),
                index,
                snapshot.toString());
    }
}
