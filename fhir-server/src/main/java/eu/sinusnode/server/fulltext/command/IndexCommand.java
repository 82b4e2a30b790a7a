package eu.sinusnode.server.fulltext.command;

import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OutboundProperties;
import eu.sinusnode.server.fulltext.command.IndexVerifier.Comparison;
import eu.sinusnode.server.fulltext.follow.DatabasePosition;
import eu.sinusnode.server.fulltext.follow.FilePosition;
import eu.sinusnode.server.fulltext.follow.IndexPosition;
import eu.sinusnode.server.fulltext.follow.IndexState;
import eu.sinusnode.server.fulltext.follow.NodeReport;
import eu.sinusnode.server.fulltext.follow.NodeReport.Node;
import eu.sinusnode.server.fulltext.index.LuceneFiles;
import eu.sinusnode.server.fulltext.index.SharedIndex;
import eu.sinusnode.server.fulltext.index.TextIndex;
import eu.sinusnode.server.fulltext.table.TextChanges;
import eu.sinusnode.server.outbound.GuardedSearchClient;
import eu.sinusnode.server.storage.CommandDatabase;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.util.unit.DataSize;

/**
 * {@code IndexCommand rebuild} and {@code IndexCommand verify}, with SINUSNODE_HOME and what names the database, and
 * SINUSNODE_FULL_TEXT_ELASTICSEARCH_URL for a shared index, in the environment. Exit codes: 0 done, or the index holds; 1
 * it could not be done; 2 wrong use; 4 the index differs from the table.
 */
public final class IndexCommand {

    private static final String USE = "Use: rebuild | verify";
    private static final int DIFFERS = 4;
    private static final Duration ALIVE = Duration.ofSeconds(70);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long LINE_EVERY = 10_000;

    private IndexCommand() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        try {
            return switch (arguments.length == 1 ? arguments[0] : "") {
                case "rebuild" -> rebuild(CommandDatabase.of(environment), Clock.systemUTC(), out);
                case "verify" -> {
                    DataSource database = CommandDatabase.of(environment);
                    yield environment.containsKey("SINUSNODE_FULL_TEXT_ELASTICSEARCH_URL")
                            ? verify(database, new DatabasePosition(database), () -> shared(environment), out)
                            : verifyOwn(database, LuceneFiles.directory(CommandDatabase.home(environment)), out);
                }
                default -> {
                    out.println(USE);
                    yield 2;
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RuntimeException e) {
            out.println("The full-text index could not be looked at: " + e.getMessage());
            return 1;
        }
    }

    /** Orders it, and tells how far the nodes are until the last one that is running is done. */
    static int rebuild(DataSource database, Clock clock, PrintStream out) throws InterruptedException {
        NodeReport report = new NodeReport(database);
        long generation = new TextChanges(database).orderRebuild();
        String said = "";
        while (true) {
            List<Node> running = running(report, clock.instant());
            long done = running.stream()
                    .filter(node -> node.generation() >= generation)
                    .count();
            if (running.isEmpty()) {
                out.println("No server is running; each makes its index anew when it starts.");
                return 0;
            }
            long pending = running.stream()
                    .filter(node -> node.generation() < generation)
                    .mapToLong(Node::pending)
                    .sum();
            String now = "Made anew: " + done + " of " + running.size() + " indexes"
                    + (done < running.size() ? ", " + pending + " records to go" : ".");
            if (!now.equals(said)) {
                out.println(now);
                said = now;
            }
            if (done == running.size()) {
                return 0;
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static List<Node> running(NodeReport report, Instant now) {
        return report.nodes().stream()
                .filter(node -> node.seen().isAfter(now.minus(ALIVE)))
                .toList();
    }

    static int verifyOwn(DataSource database, Path directory, PrintStream out) {
        return verify(database, new FilePosition(directory), () -> LuceneFiles.look(directory), out);
    }

    private static int verify(DataSource database, IndexPosition position, Supplier<TextIndex> open, PrintStream out) {
        Optional<IndexState> state = position.remembered();
        TextChanges changes = new TextChanges(database);
        if (state.filter(known -> known.source().equals(changes.source())).isEmpty()) {
            out.println("THE FULL-TEXT INDEX IS NOT COMPLETE, or not of this database."
                    + " A running server makes it anew by itself.");
            return DIFFERS;
        }
        try (TextIndex index = open.get()) {
            Comparison found = new IndexVerifier(changes, index).compare(state.get(), done -> {
                if (done % LINE_EVERY == 0) {
                    out.println(done + " records compared");
                }
            });
            if (found.holds()) {
                out.println(
                        "The full-text index holds what the table holds: " + found.compared() + " records compared.");
                return 0;
            }
            out.println("THE FULL-TEXT INDEX DIFFERS FROM THE TABLE: " + found.missing() + " records missing, "
                    + found.different() + " different, " + found.surplus() + " too many, of " + found.compared()
                    + ". ./sinusnode index rebuild makes it anew.");
            return DIFFERS;
        }
    }

    private static TextIndex shared(Map<String, String> environment) {
        FullTextProperties fullText = new FullTextProperties(
                environment.get("SINUSNODE_FULL_TEXT_ELASTICSEARCH_URL"),
                environment.get("SINUSNODE_FULL_TEXT_ELASTICSEARCH_USERNAME"),
                environment.get("SINUSNODE_FULL_TEXT_ELASTICSEARCH_PASSWORD"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        List<String> privateHosts = Arrays.stream(environment
                        .getOrDefault("SINUSNODE_OUTBOUND_PRIVATE_HOSTS", "")
                        .split(","))
                .filter(host -> !host.isBlank())
                .toList();
        OutboundProperties outbound = new OutboundProperties(
                privateHosts, Duration.ofSeconds(2), Duration.ofSeconds(5), DataSize.ofKilobytes(256));
        return SharedIndex.look(fullText, new GuardedSearchClient(fullText, outbound));
    }
}
