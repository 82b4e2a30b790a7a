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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever a patient's Consents say: what a read returns, or an export for research, is what {@code $consent-decision} says,
 * before the Consents are stored and after, and what somebody who reads the Consents slowly says; a search finds nothing
 * else, and counts what it finds. How many pairs of Consents and request are tried: {@code -Dsinusnode.consent.pairs}; the first of several seeds:
 * {@code -Dsinusnode.consent.seed}.
 */
class DecisionsAgainstReadsIT extends RunningServer {

    private static final int PAIRS = Integer.getInteger("sinusnode.consent.pairs", 400);
    private static final int SEED = Integer.getInteger("sinusnode.consent.seed", 20_261_127);
    /** Each about a patient of its own, at the same time. */
    private static final int TRIALS = 3;

    @Autowired
    PurposeKeys keys;

    @Test
    void whatIsReadIsWhatIsExplainedAndWhatTheConsentsSay() throws Exception {
        Map<String, Integer> outcomes = new TreeMap<>();
        int found = 0;
        int searchable = 0;
        for (DecisionTrial.Seen seen : trials()) {
            seen.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Integer::sum));
            found += seen.found();
            searchable += seen.searchable();
        }
        assertThat(outcomes).as("both outcomes for each of four who ask").hasSize(8);
        assertThat(outcomes.values()).as(outcomes::toString).allSatisfy(count -> assertThat(count)
                .isGreaterThan(PAIRS / 100));
        assertThat(found).as("found of " + searchable + " that could be read").isGreaterThan(searchable * 7 / 10);
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
