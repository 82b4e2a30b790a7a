package eu.sinusnode.server.population;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.narrowing.PopulationSearch;
import eu.sinusnode.policy.narrowing.PopulationSearch.Dates;
import eu.sinusnode.policy.narrowing.PopulationSearchReader;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.lane.VitalCode;
import eu.sinusnode.server.projection.OwnTables;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The statement against a look at every single record. */
class PopulationTableIT {

    private static final int WORLDS = 24;
    private static final SortedSet<String> RATES = new TreeSet<>(Set.of(Codes.HEART_RATE, Codes.RESTING_HEART_RATE));
    private static final SortedSet<String> PRESSURES = new TreeSet<>(Set.of(Codes.BLOOD_PRESSURE_PANEL));

    private static OwnTables tables;
    private static SingleConnectionDataSource connection;

    @BeforeAll
    static void migrate() throws SQLException {
        tables = OwnTables.migrated();
        connection = new SingleConnectionDataSource(tables.dataSource().getConnection(), true);
    }

    @AfterAll
    static void close() {
        connection.destroy();
    }

    /** What the rules permit is all found, in its order, whichever way it is looked for and however small the pages are. */
    @Test
    void whatTheRulesPermitIsFoundInOrderOnEveryWay() {
        int permitted = 0;
        int spared = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            DrawnWorld world = new DrawnWorld(tables, connection, seed);
            PopulationSearch search = search(seed);
            List<Observation> asked = world.carrying(search.codes()).stream()
                    .filter(vital -> isAsked(search, vital))
                    .sorted(order(search))
                    .toList();
            List<String> expected = asked.stream()
                    .filter(world::isPermitted)
                    .map(DrawnWorld::path)
                    .toList();
            for (int walk : new int[] {1, 3, 10_000}) {
                List<String> found =
                        paged(new PopulationTable(connection, walk), search, DrawnWorld.clinic(), 1 + seed % 4);
                assertThat(found)
                        .as("order of world %s, walk %s", seed, walk)
                        .isEqualTo(asked.stream()
                                .map(DrawnWorld::path)
                                .filter(found::contains)
                                .toList());
                assertThat(found.stream().filter(expected::contains).toList())
                        .as("permitted in world %s, walk %s", seed, walk)
                        .isEqualTo(expected);
                spared += asked.size() - found.size();
            }
            for (String patient : world.patients()) {
                assertOfOne(world, ofOne(search, patient), asked, seed);
            }
            permitted += expected.size();
        }
        assertThat(permitted).as("permitted in all worlds").isGreaterThan(WORLDS);
        assertThat(spared).as("left out by the statement itself").isGreaterThan(WORLDS);
    }

    @Test
    void theCodesOfASearchAreThoseOfTheReadings() {
        assertThat(Stream.concat(
                        PopulationSearchReader.CODES_OF_A_MOMENT.stream(),
                        PopulationSearchReader.CODES_OF_A_PERIOD.stream()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(VitalCode.values())
                        .map(VitalCode::observationCode)
                        .collect(Collectors.toSet()));
    }

    /** By permits the statement may leave out what they surely do not allow; by another right it leaves out nothing. */
    private void assertOfOne(DrawnWorld world, PopulationSearch search, List<Observation> asked, int seed) {
        List<Observation> own = asked.stream()
                .filter(vital -> vital.getSubject().getReference().equals("Patient/" + search.patient()))
                .toList();
        PopulationTable table = new PopulationTable(connection, 1);
        assertThat(paged(table, search, null, 1 + seed % 3))
                .as("one patient of world %s", seed)
                .isEqualTo(own.stream().map(DrawnWorld::path).toList());
        List<String> byPermits = paged(table, search, DrawnWorld.clinic(), 1 + seed % 3);
        assertThat(own.stream()
                        .filter(vital -> world.isPermitted(vital) || byPermits.contains(DrawnWorld.path(vital)))
                        .map(DrawnWorld::path)
                        .toList())
                .as("by permits of one patient of world %s", seed)
                .isEqualTo(byPermits);
    }

    private static PopulationSearch ofOne(PopulationSearch search, String patient) {
        return new PopulationSearch(
                patient, search.codes(), search.statuses(), search.dates(), search.descending(), null, null);
    }

    private static PopulationSearch search(int seed) {
        boolean descending = seed % 2 == 0;
        return new PopulationSearch(
                null,
                seed % 3 == 0 ? PRESSURES : RATES,
                seed % 5 == 0 ? new TreeSet<>(Set.of("final")) : null,
                dates(seed),
                descending,
                null,
                null);
    }

    private static Dates dates(int seed) {
        return switch (seed % 4) {
            case 0 -> new Dates(LocalDate.parse("2026-10-02"), LocalDate.parse("2026-10-04"), null, null, false);
            case 1 -> new Dates(LocalDate.parse("2026-10-03"), null, null, null, false);
            default -> Dates.ANY;
        };
    }

    private static boolean isAsked(PopulationSearch search, Observation vital) {
        LocalDate day = LocalDate.parse(
                vital.getEffectiveDateTimeType().getValueAsString().substring(0, 10));
        LocalDate from = search.dates().fromDay();
        LocalDate to = search.dates().toDay();
        return (search.statuses() == null
                        || search.statuses().contains(vital.getStatus().toCode()))
                && (from == null || !day.isBefore(from))
                && (to == null || !day.isAfter(to));
    }

    private static Comparator<Observation> order(PopulationSearch search) {
        Comparator<Observation> order = Comparator.<Observation, java.util.Date>comparing(
                        vital -> vital.getEffectiveDateTimeType().getValue())
                .thenComparing(vital -> vital.getIdElement().getIdPart());
        return search.descending() ? order.reversed() : order;
    }

    private static List<String> paged(
            PopulationTable table, PopulationSearch search, @Nullable Recipient recipient, int most) {
        List<String> found = new ArrayList<>();
        FoundVital at = null;
        List<FoundVital> next;
        do {
            next = table.next(search, recipient, at, most);
            next.forEach(vital -> found.add("Observation/" + vital.observation()));
            at = next.isEmpty() ? at : next.get(next.size() - 1);
        } while (!next.isEmpty());
        return found;
    }
}
