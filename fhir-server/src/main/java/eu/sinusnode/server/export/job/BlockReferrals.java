package eu.sinusnode.server.export.job;

import eu.sinusnode.server.export.job.RunLines.Line;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the records of nobody that a patient's records refer to behind these, again for each patient, so that a block can
 * be read without the others. Patients of a clinic refer to the same few, which are kept for the range in whose grounds they
 * were decided, as long as they are short altogether.
 */
final class BlockReferrals implements Referrals {

    private static final int KEPT_BYTES = 4 << 20;

    private final NobodysRecords records;
    private final RunLines lines;
    /** Paths that were read; of those that the caller gets the records are kept. */
    private final Set<String> read = new HashSet<>();

    private final Map<String, Given> kept = new HashMap<>();
    private long keptBytes;

    private record Given(Line line, byte[] grounds) {}

    /** @param records decided as the caller stands for this range */
    BlockReferrals(NobodysRecords records, RunLines lines) {
        this.records = records;
        this.lines = lines;
    }

    @Override
    public void endOfPatient() throws IOException, SQLException {
        if (keptBytes > KEPT_BYTES) {
            read.clear();
            kept.clear();
            keptBytes = 0;
        }
        Set<String> written = new HashSet<>();
        // A record of nobody may refer to another one.
        for (Set<String> next = mentioned(written); !next.isEmpty(); next = mentioned(written)) {
            written.addAll(next);
            write(next);
        }
        lines.forgetMentioned();
    }

    private Set<String> mentioned(Set<String> written) {
        Set<String> next = new TreeSet<>(lines.mentioned());
        next.removeAll(written);
        return next;
    }

    private void write(Set<String> paths) throws IOException, SQLException {
        List<String> unread = new ArrayList<>();
        for (String path : paths) {
            Given known = kept.get(path);
            if (known != null) {
                lines.write(known.line(), List.of(), known.grounds());
            } else if (read.add(path)) {
                unread.add(path);
            }
        }
        for (int from = 0; from < unread.size(); from += NobodysRecords.AT_ONCE) {
            List<String> some = unread.subList(from, Math.min(unread.size(), from + NobodysRecords.AT_ONCE));
            records.read(some, (path, line, grounds) -> {
                kept.put(path, new Given(line, grounds));
                keptBytes += line.json().length;
                lines.write(line, List.of(), grounds);
            });
        }
    }
}
