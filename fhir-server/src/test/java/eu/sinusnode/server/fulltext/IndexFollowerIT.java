package eu.sinusnode.server.fulltext;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.fulltext.follow.IndexPosition;
import eu.sinusnode.server.fulltext.follow.IndexState;
import eu.sinusnode.server.fulltext.follow.NodeReport;
import eu.sinusnode.server.fulltext.table.TextChanges;
import eu.sinusnode.server.fulltext.table.TextProjection;
import eu.sinusnode.server.fulltext.table.TextTable;
import eu.sinusnode.server.postgres.WrittenLog;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Condition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index follows the table through updates, deaths and losses; nothing that was committed is missing afterwards. */
class IndexFollowerIT {

    private static final String PATIENT = OwnTables.newId();

    private static OwnTables tables;
    private static TextTable table;
    private static ProjectionInterceptor storage;

    @TempDir
    Path home;

    @BeforeAll
    static void database() {
        tables = OwnTables.migrated();
        table = new TextTable(tables.transaction());
        storage = new ProjectionInterceptor(List.of(new TextProjection(table, Set.of("Condition", "Observation"))));
    }

    private Path directory() {
        return LuceneDirectory.of(home);
    }

    @Test
    void bothLanguagesAreFoundInTheirForms() throws Exception {
        String patient = OwnTables.newId();
        Condition german = Prose.condition(OwnTables.newId(), patient, "Klagt über Herzrhythmusstörungen und Übelkeit");
        german.setLanguage("de-DE");
        Condition english = Prose.condition(OwnTables.newId(), patient, "Patient's palpitations were getting worse");
        english.setLanguage("en");
        tables.create(storage, german, english);

        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            for (String found : List.of(
                    "herzrhythmusstörung",
                    "Herzrhythmusstoerungen",
                    "Störung",
                    "rhythmus",
                    "uebelkeit",
                    "\"über Herzrhythmusstörungen\"",
                    "Übelk*",
                    "klagte OR klagen",
                    "Übelkeit NOT Schwindel",
                    "(Schwindel OR Übelkeit) AND Herz")) {
                assertThat(node.conditions(patient, found)).as(found).containsExactly(id(german));
            }
            for (String found : List.of("palpitation", "get", "patient", "\"getting worse\"", "palp*")) {
                assertThat(node.conditions(patient, found)).as(found).containsExactly(id(english));
            }
            for (String absent :
                    List.of("Schwindel", "\"Übelkeit über\"", "Übelkeit AND Schwindel", "Herz NOT Übelkeit")) {
                assertThat(node.conditions(patient, absent)).as(absent).isEmpty();
            }
            assertThat(node.conditions(patient, "fibrillation"))
                    .as("displays")
                    .containsExactlyInAnyOrder(id(german), id(english));
        }
    }

    @Test
    void anUpdateTakesOldWordsAway() throws Exception {
        Condition condition = Prose.condition(OwnTables.newId(), PATIENT, "vorher");
        tables.create(storage, condition);
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(PATIENT, "vorher")).containsExactly(id(condition));
            condition.getNoteFirstRep().setText("nachher");
            tables.update(storage, OwnTables.nextVersion(condition));
            assertThat(node.conditions(PATIENT, "vorher")).isEmpty();
            assertThat(node.conditions(PATIENT, "nachher")).containsExactly(id(condition));
            tables.delete(storage, OwnTables.nextVersion(condition));
            assertThat(node.conditions(PATIENT, "nachher")).isEmpty();
            tables.update(storage, OwnTables.nextVersion(condition));
            assertThat(node.conditions(PATIENT, "nachher")).as("brought back").containsExactly(id(condition));
        }
    }

    /** What a reader that remembers the highest number misses: a transaction that began earlier and ends later. */
    @Test
    void aSlowTransactionIsNotPassedOver() throws Exception {
        String patient = OwnTables.newId();
        Condition slow = Prose.condition(OwnTables.newId(), patient, "langsam");
        Condition fast = Prose.condition(OwnTables.newId(), patient, "schnell");
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory());
                Connection connection = tables.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            write(connection, patient, slow, "langsam");
            tables.create(storage, fast);
            assertThat(node.conditions(patient, "schnell")).containsExactly(id(fast));
            assertThat(node.conditions(patient, "langsam")).isEmpty();
            connection.commit();
            assertThat(node.conditions(patient, "langsam")).containsExactly(id(slow));
        }
    }

    private static void write(Connection connection, String patient, Condition condition, String words)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO sinusnode.full_text (resource, change_sequence, version, gone, forgotten, resource_type,
                    language, patients, limits, narrative, content)
                VALUES (?::uuid, pg_current_xact_id()::text::bigint, 1, false, false, 'Condition', '-',
                    ARRAY[?::uuid], '{}', '', ?)
                """)) {
            statement.setString(1, id(condition));
            statement.setString(2, patient);
            statement.setString(3, words);
            statement.executeUpdate();
        }
    }

    @Test
    void whatAnIndexRemembersOutlivesPostgres() throws Exception {
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.catchUp()).isTrue();
            String logged = WrittenLog.afterARollback(tables.dataSource());
            assertThat(node.catchUp()).isTrue();
            assertThat(WrittenLog.isOnDisk(tables.dataSource(), logged)).isTrue();
        }
    }

    /** The process dies when the index has the changes and the position does not: they come again, and change nothing. */
    @Test
    void deathBetweenIndexAndPositionLosesNothing() throws Exception {
        String patient = OwnTables.newId();
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.catchUp()).isTrue();
        }
        Condition condition = Prose.condition(OwnTables.newId(), patient, "Todesstunde");
        tables.create(storage, condition);
        try (NodeOfTest dying = NodeOfTest.start(tables.dataSource(), directory(), ForgetfulPosition::new)) {
            assertThat(dying.catchUp(Duration.ofSeconds(3))).isFalse();
            assertThat(dying.index()
                            .find(NodeOfTest.search(
                                    "Condition", Set.of(patient), List.of(), List.of(NodeOfTest.query("Todesstunde")))))
                    .as("the index had it")
                    .containsExactly(id(condition));
        }
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, "Todesstunde")).containsExactly(id(condition));
            assertThat(node.index().documents())
                    .as("once, not twice")
                    .isEqualTo(new TextChanges(tables.dataSource()).countPresent());
        }
    }

    /** Takes the step and dies before it remembers it. */
    private record ForgetfulPosition(IndexPosition kept) implements IndexPosition {
        @Override
        public IndexState advance(Step step) {
            step.from(kept.remembered());
            throw new IllegalStateException("the process died here");
        }

        @Override
        public Optional<IndexState> remembered() {
            return kept.remembered();
        }
    }

    @Test
    void anOlderIndexCatchesUpFromItsOwnPosition() throws Exception {
        String patient = OwnTables.newId();
        Condition first = Prose.condition(OwnTables.newId(), patient, "erstes");
        tables.create(storage, first);
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, "erstes")).hasSize(1);
        }
        Path older = home.resolve("older");
        LuceneDirectory.copy(directory(), older);
        Condition second = Prose.condition(OwnTables.newId(), patient, "zweites");
        tables.create(storage, second);
        tables.delete(storage, OwnTables.nextVersion(first));
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, "zweites")).hasSize(1);
        }

        LuceneDirectory.copy(older, directory());
        AtomicInteger rebuilds = new AtomicInteger();
        try (NodeOfTest node =
                NodeOfTest.start(tables.dataSource(), directory(), position -> counting(position, rebuilds))) {
            assertThat(node.conditions(patient, "zweites")).containsExactly(id(second));
            assertThat(node.conditions(patient, "erstes")).isEmpty();
        }
        assertThat(rebuilds).as("caught up, not made anew").hasValue(0);
    }

    /** Counts steps that led to another index than they began with. */
    private static IndexPosition counting(IndexPosition position, AtomicInteger rebuilds) {
        return new IndexPosition() {
            @Override
            public IndexState advance(Step step) {
                Optional<IndexState> before = position.remembered();
                IndexState after = position.advance(step);
                if (before.filter(state -> state.index().equals(after.index())).isEmpty()) {
                    rebuilds.incrementAndGet();
                }
                return after;
            }

            @Override
            public Optional<IndexState> remembered() {
                return position.remembered();
            }
        };
    }

    @Test
    void aLostOrDamagedIndexIsMadeAnew() throws Exception {
        String patient = OwnTables.newId();
        Condition condition = Prose.condition(OwnTables.newId(), patient, "wiedergefunden");
        tables.create(storage, condition);
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, "wiedergefunden")).hasSize(1);
        }
        assertThat(Files.getPosixFilePermissions(directory())).isEqualTo(PosixFilePermissions.fromString("rwx------"));

        String position = Files.readString(directory().resolve("position"));
        LuceneDirectory.delete(directory());
        Files.createDirectories(
                directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(directory().resolve("position"), position);
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, "wiedergefunden"))
                    .as("the files are lost, the position is not")
                    .containsExactly(id(condition));
        }

        try (Stream<Path> files = Files.walk(directory())) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("segments_"))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, "wiedergefunden")).as("damaged").containsExactly(id(condition));
        }
    }

    @Test
    void anOrderMakesEveryNodesIndexAnew() throws Exception {
        String patient = OwnTables.newId();
        Condition condition = Prose.condition(OwnTables.newId(), patient, "Anordnung");
        tables.create(storage, condition);
        TextChanges changes = new TextChanges(tables.dataSource());
        try (NodeOfTest one = NodeOfTest.start(tables.dataSource(), directory());
                NodeOfTest two = NodeOfTest.start(tables.dataSource(), LuceneDirectory.of(home.resolve("two")))) {
            assertThat(one.conditions(patient, "Anordnung")).hasSize(1);
            assertThat(two.conditions(patient, "Anordnung")).hasSize(1);
            one.index().clear();
            assertThat(one.index().documents()).isZero();

            long generation = changes.orderRebuild();
            assertThat(one.conditions(patient, "Anordnung")).containsExactly(id(condition));
            assertThat(two.conditions(patient, "Anordnung")).containsExactly(id(condition));
            assertThat(one.index().documents()).isEqualTo(changes.countPresent());
            assertThat(new NodeReport(tables.dataSource()).nodes())
                    .filteredOn(node -> node.generation() == generation)
                    .hasSize(2);
        }
    }

    /** Each has its own files; a write through either is found on both. */
    @Test
    void twoNodesOnOneDatabaseFindTheSame() throws Exception {
        String patient = OwnTables.newId();
        try (NodeOfTest one = NodeOfTest.start(tables.dataSource(), directory());
                NodeOfTest two = NodeOfTest.start(tables.dataSource(), LuceneDirectory.of(home.resolve("two")))) {
            for (int i = 0; i < 5; i++) {
                Condition condition = Prose.condition(OwnTables.newId(), patient, "Runde" + i);
                tables.create(storage, condition);
                assertThat(one.conditions(patient, "Runde" + i)).containsExactly(id(condition));
                assertThat(two.conditions(patient, "Runde" + i)).containsExactly(id(condition));
            }
        }
    }

    @Test
    void anIndexOfAnotherDatabaseIsMadeAnew() throws Exception {
        String patient = OwnTables.newId();
        tables.create(storage, Prose.condition(OwnTables.newId(), patient, "hier"));
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, "hier")).hasSize(1);
        }
        OwnTables other = OwnTables.migrated();
        try (NodeOfTest node = NodeOfTest.start(other.dataSource(), directory())) {
            assertThat(node.conditions(patient, "hier")).isEmpty();
            assertThat(node.index().documents()).isZero();
        }
    }

    /** A dump that is put into another cluster brings transaction ids that the new one has not reached. */
    @Test
    void rowsOfAnotherClusterAreAdopted() throws Exception {
        OwnTables restored = OwnTables.migrated();
        String patient = OwnTables.newId();
        Condition condition = Prose.condition(OwnTables.newId(), patient, "umgezogen");
        restored.create(
                new ProjectionInterceptor(
                        List.of(new TextProjection(new TextTable(restored.transaction()), Set.of("Condition")))),
                condition);
        restored.jdbc().update("UPDATE sinusnode.full_text SET change_sequence = 9000000000000");
        try (NodeOfTest node = NodeOfTest.start(restored.dataSource(), directory())) {
            assertThat(node.conditions(patient, "umgezogen")).containsExactly(id(condition));
        }
        assertThat(restored.jdbc().queryForObject("SELECT max(change_sequence) FROM sinusnode.full_text", Long.class))
                .isLessThan(9000000000000L);
    }

    /** The word is in the files before, by its letters, and nowhere in them afterwards. */
    @Test
    void whatIsErasedIsInNoFileOfTheIndex() throws Exception {
        String canary = "qzkanarienvogel7391";
        String patient = OwnTables.newId();
        Condition secret = Prose.condition(OwnTables.newId(), patient, canary);
        tables.create(storage, secret);
        for (int i = 0; i < 5; i++) {
            tables.create(storage, Prose.condition(OwnTables.newId(), PATIENT, "anderes"));
        }
        try (NodeOfTest node = NodeOfTest.start(tables.dataSource(), directory())) {
            assertThat(node.conditions(patient, canary)).containsExactly(id(secret));
            assertThat(filesWith(canary)).as("before").isNotEmpty();
            assertThat(filesWith(patient)).as("before").isNotEmpty();

            assertThat(tables.inTransaction(() -> table.forget(UUID.fromString(patient))))
                    .isEqualTo(1);
            assertThat(node.follower().await(Duration.ofSeconds(60))).isTrue();

            assertThat(node.conditions(patient, canary)).isEmpty();
            assertThat(filesWith(canary)).as("after").isEmpty();
            assertThat(filesWith(patient)).as("after").isEmpty();
            assertThat(tables.jdbc()
                            .queryForObject(
                                    "SELECT count(*) FROM sinusnode.full_text f WHERE f::text LIKE ?",
                                    Integer.class,
                                    "%" + canary + "%"))
                    .isZero();
            assertThat(node.conditions(PATIENT, "anderes"))
                    .as("of others nothing is lost")
                    .hasSizeGreaterThan(4);
        }
    }

    private List<Path> filesWith(String word) throws IOException {
        try (Stream<Path> files = Files.walk(directory())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> LuceneDirectory.holds(file, word.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }
    }

    private static String id(Condition condition) {
        return condition.getIdElement().getIdPart();
    }
}
