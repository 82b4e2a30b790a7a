package eu.sinusnode.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.RestfulServer;
import eu.sinusnode.policy.disclosure.DisclosureInterceptor;
import eu.sinusnode.policy.narrowing.SearchNarrowingInterceptor;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.http.RunningServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/**
 * Tries to learn a hidden systolic value, and whatever else a hidden patient has. Each request is made for Ada, for Bea,
 * whose every value is another, and for somebody who does not exist; all three answers must be the same but for what the
 * caller wrote itself. {@code -Dsinusnode.fuzz.tries=} and {@code -Dsinusnode.fuzz.seed=} try more, or the same again.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HiddenValueFuzzIT extends RunningServer {

    private static final int TRIES = Integer.getInteger("sinusnode.fuzz.tries", 10_000);
    private static final long SEED = Long.getLong("sinusnode.fuzz.seed", 20_261_123L);
    private static final int THREADS = 2;
    private static final String WITHHELD = "sinusnode.gate.withheld.from.search";
    private static final int CONTROL_TRIES = 900;
    /** Chance may leave a feature out for a while. */
    private static final int MOST_CONTROL_TRIES = 4_000;

    /** Each of them tells a hidden record from none, where it may be seen. */
    private static final Set<String> TELLING = Set.of(
            "read",
            "search, open parameters",
            "search, _sort open",
            "search, _count",
            "search, chains and _has open",
            "search, modifiers open",
            "search, values open",
            "search, totals open",
            "search, includes open",
            "search, words");

    private static final int MUTATION_TRIES = 400;

    private static final Estate ESTATE = new Estate();
    private static boolean loaded;

    @Autowired
    ServletRegistrationBean<?> fhirServlet;

    @Autowired
    RequestPipeline pipeline;

    @Autowired
    MeterRegistry meters;

    private final Oracle oracle =
            new Oracle(BASE, List.of(Secret.ADA, Secret.BEA, Secret.CLEO, Secret.DORA, Secret.EMMA, Secret.NOBODY));

    @BeforeEach
    void hiddenPatients() {
        if (!loaded) {
            loaded = true;
            ESTATE.load();
        }
    }

    @Test
    @Order(1)
    void theTreatingClinicianTellsTheWorldsApart() {
        Attacker clinician = ESTATE.permitted();
        Grammar grammar = new Grammar(SEED);
        Set<String> features = new TreeSet<>();
        int apart = 0;
        int values = 0;
        for (int i = 1; i <= MOST_CONTROL_TRIES && (i <= CONTROL_TRIES || !features.containsAll(TELLING)); i++) {
            Template template = grammar.nextQuestion();
            Oracle.Verdict verdict = oracle.ask(template, clinician);
            if (verdict.tells()) {
                features.add(template.feature());
                apart++;
                List<Exchange> exchanges = verdict.exchanges();
                values += exchanges.get(0).shape().equals(exchanges.get(1).shape()) ? 0 : 1;
            }
        }
        assertThat(features).containsAll(TELLING);
        assertThat(features).as("a batch is one more way in").anyMatch(feature -> feature.endsWith("in a batch"));
        assertThat(apart)
                .as("requests by which what exists is told from what does not")
                .isGreaterThan(20);
        assertThat(values).as("requests by which Ada is told from Bea").isGreaterThan(5);
    }

    @Test
    @Order(2)
    void nobodyElseLearnsAnything() throws Exception {
        Instant start = Instant.now();
        FuzzReport report = new FuzzReport(SEED);
        List<Attacker> attackers = ESTATE.attackers();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < attackers.size(); i++) {
                Attacker attacker = attackers.get(i);
                long seed = SEED + i;
                int tries = TRIES / attackers.size();
                running.add(pool.submit(() -> attack(attacker, seed, tries, report)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        report.write(Path.of("target", "hidden-value-fuzz.md"), Duration.between(start, Instant.now()));
        assertThat(report.leaks()).as("leaks, the first ones").isEmpty();
        assertThat(report.fleeting())
                .as("answers that differed for a moment: some may, as pages that are being put together do")
                .hasSizeLessThanOrEqualTo(Math.max(1, TRIES / 100));
        assertThat(report.tries()).isEqualTo(TRIES / attackers.size() * attackers.size());
        assertThat(report.answered(200))
                .as("searches that were run and answered: refusals alone prove little")
                .isGreaterThan(TRIES / 10);
    }

    /** Without narrowing the gate has to withhold the records one by one; with it, nothing hidden reaches the gate. */
    @Test
    @Order(3)
    void whatNarrowingMissesTheGateWithholdsAndCounts() {
        assertThat(withheldByTheGate()).as("with narrowing").isZero();
        leakingWithout(SearchNarrowingInterceptor.class);
        assertThat(withheldByTheGate()).as("without narrowing").isPositive();
        // Other tests, on the same server, expect that nothing was ever counted, and that it would be.
        meters.find(WITHHELD).counters().forEach(counter -> {
            meters.remove(counter);
            meters.counter(WITHHELD, counter.getId().getTags());
        });
    }

    private double withheldByTheGate() {
        return meters.find(WITHHELD).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    @Order(4)
    void withoutTheGateTheFuzzFindsALeakForEverybody() {
        assertThat(leakingWithout(DisclosureInterceptor.class))
                .containsExactlyElementsOf(
                        ESTATE.attackers().stream().map(Attacker::name).toList());
    }

    /** The attackers who learn something when one step is taken out. */
    private List<String> leakingWithout(Class<?> step) {
        RestfulServer server = (RestfulServer) fhirServlet.getServlet();
        Object interceptor = pipeline.interceptors().stream()
                .filter(step::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(server.getInterceptorService().unregisterInterceptor(interceptor))
                .isTrue();
        List<String> learning = new ArrayList<>();
        try {
            for (Attacker attacker : ESTATE.attackers()) {
                Grammar grammar = new Grammar(SEED);
                for (int i = 0; i < MUTATION_TRIES; i++) {
                    if (oracle.ask(grammar.nextQuestion(), attacker).tells()) {
                        learning.add(attacker.name());
                        break;
                    }
                }
            }
        } finally {
            server.getInterceptorService().registerInterceptor(interceptor);
        }
        return learning;
    }

    private void attack(Attacker attacker, long seed, int tries, FuzzReport report) {
        Grammar grammar = new Grammar(seed);
        int leaks = 0;
        for (int i = 1; i <= tries && leaks < FuzzReport.MOST_LEAKS; i++) {
            Template template = grammar.next();
            Oracle.Verdict verdict = oracle.ask(template, attacker);
            report.add(attacker, i, template, verdict);
            leaks += verdict.leak().isPresent() ? 1 : 0;
        }
    }
}
