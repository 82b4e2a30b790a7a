package eu.sinusnode.benchmarks.population;

import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.benchmarks.measure.Samples;
import eu.sinusnode.policy.narrowing.PopulationSearch;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.population.PopulationTable;
import eu.sinusnode.server.population.Recipient;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statement of a first page, from Java and back, in rounds with each insurer in turn. */
final class PopulationCost {

    private static final int PAGE = 21;
    private static final int WARM_UP = 5;
    private static final int COMPARED = 30;
    private static final PopulationSearch NEWEST = new PopulationSearch(
            null, new TreeSet<>(Set.of(Codes.HEART_RATE)), null, PopulationSearch.Dates.ANY, true, null, null);
    private static final String WITHOUT_PERMIT = """
            SELECT effective, observation FROM sinusnode.vital_reading WHERE code = 3
            ORDER BY effective DESC, observation DESC LIMIT 21
            """;

    private final JdbcTemplate jdbc;
    private final PopulationTable table;
    private final SyntheticReadings data;

    PopulationCost(DataSource dataSource, SyntheticReadings data) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = new PopulationTable(dataSource);
        this.data = data;
    }

    Result measure(int searches, Consumer<String> out) {
        List<Double> open = new ArrayList<>();
        Map<Integer, List<Double>> permitted = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < searches; round++) {
            double withoutPermit =
                    millis(() -> jdbc.queryForList(WITHOUT_PERMIT).size());
            if (round >= 0) {
                open.add(withoutPermit);
            }
            for (int share : SyntheticReadings.SHARES) {
                Recipient insurer = new Recipient(
                        SyntheticReadings.insurer(share),
                        "HPAYMT",
                        "COVERAGE",
                        true,
                        OffsetDateTime.now(ZoneOffset.UTC));
                double taken =
                        millis(() -> table.next(NEWEST, insurer, null, PAGE).size());
                if (round >= 0) {
                    permitted.computeIfAbsent(share, first -> new ArrayList<>()).add(taken);
                }
            }
        }
        out.accept(data.describe() + "; ms of " + searches + " first pages: median (least to greatest), p95");
        out.accept(line("without a permit", Samples.of(open)));
        permitted.forEach(
                (share, taken) -> out.accept(line(data.permitting(share) + " patients permit it", Samples.of(taken))));
        double ours = Samples.of(permitted.getOrDefault(COMPARED, List.of())).median();
        double theirs = Samples.of(open).median();
        return Result.beside("population", ours, theirs, "ms a first page, 30 % permitted, ratio to none asked", null);
    }

    private static String line(String what, Samples millis) {
        return String.format(Locale.ROOT, "  %-32s %s, %.1f", what, millis.describe(1), millis.quantile(0.95));
    }

    private interface Search {
        int found();
    }

    private static double millis(Search search) {
        long start = System.nanoTime();
        if (search.found() != PAGE) {
            throw new IllegalStateException("A page that is not full measures nothing.");
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
