package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.keys.PurposeKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever a patient's Consents say: what a read returns, or an export for research, is what {@code $consent-decision} says,
 * before the Consents are stored and after, and what somebody who reads the Consents slowly says; a search finds nothing
 * else, and counts what it finds. How many different pairs of Consents and a request for a record are compared at least:
 * {@code -Dsinusnode.consent.pairs}; the first of several seeds: {@code -Dsinusnode.consent.seed}.
 */
class DecisionsAgainstReadsIT extends RunningServer {

    private static final int PAIRS = Integer.getInteger("sinusnode.consent.pairs", 100_000);
    private static final int SEED = Integer.getInteger("sinusnode.consent.seed", 20_261_127);
    /** Each about a patient of its own, at the same time. */
    private static final int TRIALS = 3;

    @Autowired
    PurposeKeys keys;

    @Test
    void whatIsReadIsWhatIsExplainedAndWhatTheConsentsSay() throws Exception {
        long begin = System.nanoTime();
        Map<String, Integer> outcomes = new TreeMap<>();
        Map<String, Integer> asked = new TreeMap<>();
        int rounds = 0;
        int pairs = 0;
        int found = 0;
        int searchable = 0;
        for (DecisionTrial.Seen seen : trials()) {
            seen.outcomes().forEach((outcome, times) -> {
                outcomes.merge(outcome, times, Integer::sum);
                asked.merge(asker(outcome), times, Integer::sum);
            });
            rounds += seen.rounds();
            pairs += seen.pairs();
            found += seen.found();
            searchable += seen.searchable();
        }
        System.out.printf(
                "Seed %d: %d pairs of Consents and a request, by %d different Consents, in %d s: %s%n",
                SEED, pairs, rounds, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin), outcomes);
        assertThat(pairs).as("pairs that were compared").isGreaterThanOrEqualTo(PAIRS);
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum())
                .as("each of them had an outcome")
                .isEqualTo(pairs);
        assertThat(outcomes).as("both outcomes for each of five who ask").hasSize(10);
        assertThat(outcomes).as(outcomes::toString).allSatisfy((outcome, times) -> assertThat(times)
                .isGreaterThan(asked.getOrDefault(asker(outcome), 0) / 20));
        assertThat(found).as("found of " + searchable + " that could be read").isGreaterThan(searchable * 7 / 10);
    }

    private static String asker(String outcome) {
        return outcome.substring(0, outcome.indexOf(' '));
    }

    private List<DecisionTrial.Seen> trials() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(TRIALS);
        try {
            List<Future<DecisionTrial.Seen>> running = new ArrayList<>();
            for (int i = 0; i < TRIALS; i++) {
                DecisionTrial trial = new DecisionTrial(
                        "decisions-drawn-" + i,
                        SEED + i,
                        new ResearchDelivery("decisions-institute-" + i, keys, database));
                running.add(pool.submit(() -> trial.run((PAIRS + TRIALS - 1) / TRIALS)));
            }
            List<DecisionTrial.Seen> seen = new ArrayList<>();
            for (Future<DecisionTrial.Seen> each : running) {
                seen.add(each.get());
            }
            return seen;
        } finally {
            pool.shutdownNow();
        }
    }
}
