package eu.sinusnode.server.fulltext.table;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which transactions of the database a reader could see, as PostgreSQL writes a {@code pg_snapshot}.
 *
 * @param oldest every transaction before it had ended
 * @param next no transaction from it on had begun
 * @param running those in between that had not ended
 */
public record TextSnapshot(long oldest, long next, Set<Long> running) {

    private static final Pattern FORM = Pattern.compile("\\d{1,18}:\\d{1,18}:(\\d{1,18}(,\\d{1,18})*)?");

    public TextSnapshot {
        running = Set.copyOf(running);
    }

    /** @throws IllegalArgumentException when it is of another form */
    public static TextSnapshot parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("This is no snapshot of a database.");
        }
        String[] parts = text.split(":", -1);
        Set<Long> running = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toSet());
        return new TextSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /** Whether everything that the other one could see is visible in this one too. */
    public boolean covers(TextSnapshot other) {
        return next >= other.next && running.stream().allMatch(id -> id >= other.next || other.running.contains(id));
    }

    @Override
    public String toString() {
        return oldest + ":" + next + ":"
                + new TreeSet<>(running).stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
