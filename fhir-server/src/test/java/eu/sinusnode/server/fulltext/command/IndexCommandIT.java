package eu.sinusnode.server.fulltext.command;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.fulltext.NodeOfTest;
import eu.sinusnode.server.fulltext.Prose;
import eu.sinusnode.server.fulltext.table.TextProjection;
import eu.sinusnode.server.fulltext.table.TextTable;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCommandIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String patient = OwnTables.newId();
    private OwnTables tables;
    private ProjectionInterceptor storage;

    @TempDir
    Path home;

    @BeforeEach
    void database() {
        tables = OwnTables.migrated();
        storage = new ProjectionInterceptor(
                List.of(new TextProjection(new TextTable(tables.transaction()), Set.of("Condition"))));
        for (int i = 0; i < 3; i++) {
            tables.create(storage, Prose.condition(OwnTables.newId(), patient, "Wort" + i));
        }
    }

    private Path directory() {
        return home.resolve("full-text");
    }

    private int verify() {
        out.reset();
        return IndexCommand.verifyOwn(
                tables.dataSource(), directory(), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anIndexThatFollowsHoldsBesideTheServerThatWritesIt() throws Exception {
        assertThat(verify()).as("never made").isEqualTo(4);
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            node.catchUp();
            assertThat(verify()).as(said()).isZero();
            assertThat(said()).contains("3 records compared");

            // What has changed since the index's position is not held against it.
            tables.create(storage, Prose.condition(OwnTables.newId(), patient, "neu"));
            assertThat(verify()).as(said()).isZero();
        }
    }

    @Test
    void everyDifferenceIsFound() throws Exception {
        Condition other = Prose.condition(OwnTables.newId(), patient, "anderes");
        tables.create(storage, other);
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            node.catchUp();
            // Behind the index's back: a row without its change, a row that is no more, a row that never was indexed.
            tables.jdbc()
                    .update(
                            "UPDATE sinusnode.full_text SET content = 'verändert' WHERE resource = ?::uuid",
                            other.getIdElement().getIdPart());
            tables.jdbc().update("""
                    DELETE FROM sinusnode.full_text WHERE resource = (
                        SELECT resource FROM sinusnode.full_text WHERE content LIKE '%Wort0%')
                    """);
            tables.jdbc().update("""
                    UPDATE sinusnode.full_text SET resource = gen_random_uuid() WHERE content LIKE '%Wort1%'
                    """);
            assertThat(verify()).isEqualTo(4);
            assertThat(said()).contains("1 records missing, 1 different, 2 too many");
        }
    }

    @Test
    void anOrderIsFollowedToItsEnd() throws Exception {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(IndexCommand.rebuild(tables.dataSource(), Clock.systemUTC(), print))
                .isZero();
        assertThat(said()).contains("No server is running");
        out.reset();
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            node.catchUp();
            node.index().clear();
            Thread waker = new Thread(node::keepLooking);
            waker.start();
            assertThat(IndexCommand.rebuild(tables.dataSource(), Clock.systemUTC(), print))
                    .isZero();
            waker.interrupt();
            waker.join();
            assertThat(said()).contains("Made anew: 1 of 1 indexes.");
            assertThat(node.index().documents()).isEqualTo(3);
        }
    }

    @Test
    void wrongUseIsSaid() {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(IndexCommand.run(new String[] {}, Map.of(), print)).isEqualTo(2);
        assertThat(IndexCommand.run(new String[] {"mend"}, Map.of(), print)).isEqualTo(2);
        assertThat(said()).contains("rebuild | verify");
    }
}
