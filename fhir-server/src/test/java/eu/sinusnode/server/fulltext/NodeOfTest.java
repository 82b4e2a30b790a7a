package eu.sinusnode.server.fulltext;

import eu.sinusnode.policy.narrowing.words.TextSearch;
import eu.sinusnode.policy.narrowing.words.WordQuery;
import eu.sinusnode.policy.narrowing.words.WordQueryParser;
import eu.sinusnode.server.fulltext.follow.FilePosition;
import eu.sinusnode.server.fulltext.follow.IndexFollower;
import eu.sinusnode.server.fulltext.follow.IndexPosition;
import eu.sinusnode.server.fulltext.follow.NodeReport;
import eu.sinusnode.server.fulltext.index.LuceneFiles;
import eu.sinusnode.server.fulltext.index.TextIndex;
import eu.sinusnode.server.fulltext.table.TextChanges;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A node's index and its follower, without the server around them. */
public final class NodeOfTest implements AutoCloseable {

    /** The follower looks only when somebody waits. */
    private static final Duration NEVER = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TextIndex index;
    private final IndexFollower follower;

    private NodeOfTest(TextIndex index, IndexFollower follower) {
        this.index = index;
        this.follower = follower;
    }

    public static NodeOfTest start(DataSource database, Path directory) {
        return start(database, directory, position -> position);
    }

    static NodeOfTest start(DataSource database, Path directory, UnaryOperator<IndexPosition> position) {
        TextIndex index = LuceneFiles.open(directory);
        return new NodeOfTest(
                index,
                new IndexFollower(
                                new TextChanges(database),
                                index,
                                position.apply(new FilePosition(directory)),
                                new NodeReport(database),
                                NodeName.of(directory),
                                NEVER,
                                Clock.systemUTC())
                        .start());
    }

    public TextIndex index() {
        return index;
    }

    IndexFollower follower() {
        return follower;
    }

    public boolean catchUp() {
        return follower.await(PATIENCE);
    }

    /** Waits again and again, until interrupted. */
    public void keepLooking() {
        while (!Thread.currentThread().isInterrupted()) {
            follower.await(PATIENCE);
        }
    }

    boolean catchUp(Duration patience) {
        return follower.await(patience);
    }

    /** Ids of the patient's conditions that hold the words somewhere. */
    List<String> conditions(String patient, String words) {
        if (!catchUp()) {
            throw new IllegalStateException("The index did not catch up.");
        }
        return index.find(search("Condition", Set.of(patient), List.of(), List.of(query(words))));
    }

    static TextSearch search(String type, Set<String> patients, List<WordQuery> narrative, List<WordQuery> content) {
        return new TextSearch(
                type,
                narrative,
                content,
                patients,
                Set.of(),
                List.<Map.Entry<String, Set<String>>>of(),
                List.<Map.Entry<String, Set<String>>>of(),
                Set.of(),
                100);
    }

    static WordQuery query(String words) {
        return ((WordQueryParser.Reading.Query) WordQueryParser.read(words)).words();
    }

    @Override
    public void close() throws InterruptedException {
        follower.close();
        index.close();
    }
}
