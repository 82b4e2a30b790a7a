package eu.sinusnode.server.attack.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sends what no client should: each request is refused, or answered, with a code and nothing of the inside; what was not
 * acknowledged is not stored, what was is whole; the server goes on and keeps no memory of it. {@code
 * -Dsinusnode.malformed.tries=} and {@code -Dsinusnode.malformed.seed=} try more, or the same again.
 */
class MalformedRequestsIT extends RunningServer {

    private static final int TRIES = Integer.getInteger("sinusnode.malformed.tries", 10_000);
    private static final long SEED = Long.getLong("sinusnode.malformed.seed", 20_261_126L);
    private static final int THREADS = 2;
    private static final long HEAP_TOLERANCE = 256L << 20;
    private static final int MOST_REPORTED = 20;
    private static final String SECRET = "Malformed-Canary-7731";
    private static final String NAME = "malformed";
    private static final Pattern CREATED = Pattern.compile("\"status\":\\s*\"201");

    private final AnswerRules rules = new AnswerRules(SECRET);
    private final RawClient client = new RawClient(URI.create(BASE).getPort());
    private final MalformedReport report = new MalformedReport(SEED);
    private final AtomicLong acknowledged = new AtomicLong();

    @BeforeEach
    void patients() {
        String patient = Records.id(NAME);
        load(Records.household(NAME));
        Goal goal = new Goal();
        goal.setId(Records.id(NAME + "-goal"));
        goal.setLifecycleStatus(GoalLifecycleStatus.ACTIVE).setSubject(new Reference("Patient/" + patient));
        goal.getDescription().setText("Walk every day");
        load(Records.transaction(WalkWorld.consent(Records.id(NAME + "-consent"), patient), goal));
        load(Records.household(NAME + "-hidden"));
        Patient hidden = Records.patient(Records.id(NAME + "-hidden"));
        hidden.getNameFirstRep().setFamily(SECRET);
        load(Records.transaction(hidden));
    }

    @Test
    void nothingMalformedIsStoredToldOrKept() throws Exception {
        assertThat(createdByHand("before").status()).isEqualTo(201);
        long storedBefore = stored();
        long heapBefore = heapInUse();
        Instant start = Instant.now();

        attack();

        report.write(Path.of("target", "malformed-requests.md"), Duration.between(start, Instant.now()));
        assertThat(report.broken())
                .as("answers that are not as they must be, the first ones")
                .isEmpty();
        assertThat(report.tries()).isEqualTo(TRIES / THREADS * THREADS);
        assertThat(stored() - storedBefore)
                .as("records stored, as against acknowledged")
                .isEqualTo(acknowledged.get());
        assertThat(halfStored())
                .as("Observations whose readings are not in the fast lane")
                .isEmpty();
        assertThat(createdByHand("after").status()).isEqualTo(201);
        assertThat(heapInUse() - heapBefore).as("bytes kept").isLessThan(HEAP_TOLERANCE);
    }

    private void attack() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(pool.submit(() -> {
                    attack(thread);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void attack(int thread) throws IOException {
        MalformedRequests requests = new MalformedRequests(
                SEED + thread,
                NAME + "-" + thread,
                new MalformedRequests.Caller(
                        // Anew for each request: they are short-lived.
                        () -> TOKENS.patient(Records.id(NAME)),
                        () -> TOKENS.clinician(Records.CLINIC),
                        Records.id(NAME),
                        Records.id(NAME + "-cuff"),
                        Records.id(NAME + "-goal")));
        for (int i = 1; i <= TRIES / THREADS; i++) {
            RawRequest request = requests.next();
            RawAnswer answer = client.send(request);
            acknowledged.addAndGet(created(answer));
            report.add(request, answer, rules.broken(request, answer));
        }
    }

    private static long created(RawAnswer answer) {
        Matcher entries = CREATED.matcher(answer.body());
        long count = answer.status() == 201 ? 1 : 0;
        while (answer.status() == 200 && entries.find()) {
            count++;
        }
        return count;
    }

    private Answer createdByHand(String marker) {
        Observation vital = Records.heartRate(Records.id(NAME), Records.id(NAME + "-cuff"), NAME + "-" + marker);
        return post("/Observation", TOKENS.patient(Records.id(NAME)), vital);
    }

    private long stored() {
        return count("SELECT count(*) FROM hfj_resource");
    }

    /** Observations that state a heart rate as a plain quantity, of which the fast lane knows nothing. */
    private List<String> halfStored() {
        List<String> half = new ArrayList<>();
        database.query(
                """
                SELECT r.fhir_id, v.res_text_vc FROM hfj_resource r
                JOIN hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
                JOIN hfj_res_link l ON l.src_resource_id = r.res_id AND l.src_path = 'Observation.subject'
                JOIN hfj_resource p ON p.res_id = l.target_resource_id AND p.fhir_id = ?
                WHERE r.res_type = 'Observation' AND r.res_deleted_at IS NULL
                    AND NOT EXISTS (SELECT FROM sinusnode.vital_reading s WHERE s.observation::text = r.fhir_id)
                """,
                row -> {
                    if (statesHeartRate(row.getString(2))) {
                        half.add(row.getString(2));
                    }
                },
                Records.id(NAME));
        return half;
    }

    /** Damage may leave an Observation that is valid and has no reading: no value, a bound, another code or system, no time of day. */
    private static boolean statesHeartRate(String json) {
        Observation stored = FhirContext.forR4Cached().newJsonParser().parseResource(Observation.class, json);
        return stored.getCode().hasCoding(Codes.LOINC, Codes.HEART_RATE)
                && stored.getValue() instanceof Quantity quantity
                && quantity.hasValue()
                && !quantity.hasComparator()
                && Codes.UCUM.equals(quantity.getSystem())
                && "/min".equals(quantity.getCode())
                && stored.getEffective() instanceof DateTimeType time
                && time.hasTime();
    }

    private long count(String sql) {
        Long count = database.queryForObject(sql, Long.class);
        return count == null ? 0 : count;
    }

    /** After collections enough for what is softly held to settle. */
    private static long heapInUse() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Counts by feature and status, and what was wrong. */
    private static final class MalformedReport {
        private final long seed;
        private final java.util.Map<String, java.util.Map<Integer, Integer>> byFeature = new java.util.TreeMap<>();
        private final List<String> broken = new ArrayList<>();
        private int tries;

        private MalformedReport(long seed) {
            this.seed = seed;
        }

        private synchronized void add(RawRequest request, RawAnswer answer, List<String> wrong) {
            tries++;
            byFeature
                    .computeIfAbsent(request.feature(), feature -> new java.util.TreeMap<>())
                    .merge(answer.status(), 1, Integer::sum);
            if (!wrong.isEmpty() && broken.size() < MOST_REPORTED) {
                String text = answer.text().length() > 1_000 ? answer.text().substring(0, 1_000) : answer.text();
                broken.add("seed " + seed + ", " + request.marker() + ", " + request.feature() + ": " + wrong + "\n"
                        + request.line() + "\n--- answer\n" + text);
            }
        }

        private synchronized int tries() {
            return tries;
        }

        private synchronized List<String> broken() {
            return List.copyOf(broken);
        }

        private synchronized void write(Path file, Duration took) throws IOException {
            StringBuilder text = new StringBuilder("# What the fuzz of malformed requests tried\n\nSeed " + seed + ", "
                    + tries
                    + " requests in " + took.toSeconds() + " s. Answers that were not as they must be: " + broken.size()
                    + (broken.size() == MOST_REPORTED ? " or more" : "")
                    + ".\n\n| what is wrong | answers by status |\n|---|---|\n");
            byFeature.forEach((feature, counts) -> text.append("| ")
                    .append(feature)
                    .append(" | ")
                    .append(counts)
                    .append(" |\n"));
            broken.forEach(each -> text.append("\n```\n").append(each).append("\n```\n"));
            Files.writeString(file, text.toString());
        }
    }
}
