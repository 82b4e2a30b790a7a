package eu.sinusnode.server.fulltext.command;

import eu.sinusnode.server.fulltext.follow.IndexState;
import eu.sinusnode.server.fulltext.index.TextIndex;
import eu.sinusnode.server.fulltext.table.TextChanges;
import eu.sinusnode.server.fulltext.table.TextRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Compares what an index holds with the table, record by record and by fingerprint of all that is indexed, while both are
 * in use: what has changed since the index's position is left out.
 */
public final class IndexVerifier {

    private final TextChanges changes;
    private final TextIndex index;

    public IndexVerifier(TextChanges changes, TextIndex index) {
        this.changes = changes;
        this.index = index;
    }

    /**
     * What was found.
     *
     * @param compared records of the table
     * @param missing of these, not in the index
     * @param different of these, in the index with other words, owners or limits
     * @param surplus in the index and not in the table
     */
    public record Comparison(long compared, long missing, long different, long surplus) {
        public boolean holds() {
            return missing == 0 && different == 0 && surplus == 0;
        }
    }

    /**
     * @param state of the index, read before the index was opened
     * @param progress records compared so far
     */
    public Comparison compare(IndexState state, LongConsumer progress) {
        Map<String, String> held = new HashMap<>();
        index.each(held::put);
        Set<String> missing = new HashSet<>();
        Set<String> different = new HashSet<>();
        long[] compared = {0};
        changes.eachPresent(rows -> {
            for (TextRow row : rows) {
                String fingerprint = held.remove(row.path());
                if (fingerprint == null) {
                    missing.add(row.path());
                } else if (!fingerprint.equals(TextIndex.fingerprint(row))) {
                    different.add(row.path());
                }
            }
            compared[0] += rows.size();
            progress.accept(compared[0]);
        });
        // Last, so that what changed during the comparison is among them.
        changes.eachSince(
                state.snapshot(),
                rows -> rows.forEach(row -> {
                    missing.remove(row.path());
                    different.remove(row.path());
                    held.remove(row.path());
                }));
        return new Comparison(compared[0], missing.size(), different.size(), held.size());
    }
}
