package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportClient;
import eu.sinusnode.server.export.ExportWorld;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two servers on one database: what the patient has withdrawn at one of them is closed at both, for every request that
 * begins after the acknowledgement, while others read and write: by reads and searches of the one patient, by what is summed
 * up of the measurements, and by searches and pages of a clinic whom more patients permit everything than a search can name.
 *
 * <p>{@code -Dsinusnode.withdrawals=1000} tries more often; how long each acknowledgement took is in
 * {@code target/withdrawals.csv}.
 */
class WithdrawalOnTwoNodesIT extends RunningServer {

    private static final int TRIES = Integer.getInteger("sinusnode.withdrawals", 20);
    private static final String EARLIER = "136.25";
    private static final String LATER = "137.25";
    private static final String DIAGNOSIS = "I50.13";
    private static final List<String> NODES = List.of(ORIGIN, SecondNode.ORIGIN);

    /** @param path of the base, or a link that the server gave */
    private static String at(String node, String path) {
        return path.startsWith(ORIGIN) ? node + path.substring(ORIGIN.length()) : node + "/fhir" + path;
    }

    @Test
    void whatIsWithdrawnAtOneIsClosedAtBoth() throws Exception {
        ExportWorld world = new ExportWorld("two-nodes");
        String patient = world.patient("anna");
        world.patient("berta");
        // Exported before the second node is there to work on it, too.
        List<Way> ways = new ArrayList<>(ways(world, patient));
        loadWhatOnlyAnnaHas(world);
        Crowd crowd = new Crowd(database, world.clinic);
        crowd.gather();
        ways.addAll(measured(world, patient));
        ways.addAll(amongMany(world, patient));
        int all = ways.stream().mapToInt(way -> way.nodes().size()).sum();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService others = Executors.newFixedThreadPool(2);
        Path times = Files.writeString(Path.of("target", "withdrawals.csv"), "try,node,milliseconds\n");
        try (ConfigurableApplicationContext second = SecondNode.start()) {
            assertThat(second.isRunning()).isTrue();
            List<Future<Integer>> load = new ArrayList<>();
            for (String node : NODES) {
                load.add(others.submit(() -> readAndWrite(world, node, over)));
            }
            for (int i = 0; i < TRIES; i++) {
                String node = NODES.get(i % 2);
                long took = say(world, node, ConsentState.INACTIVE).toMillis();
                Files.writeString(times, i + "," + i % 2 + "," + took + "\n", StandardOpenOption.APPEND);
                assertThat(delivered(ways)).as("after withdrawal " + i).isEmpty();
                say(world, node, ConsentState.ACTIVE);
                assertThat(delivered(ways)).as("permitted again").hasSize(all);
            }
            over.set(true);
            for (Future<Integer> each : load) {
                assertThat(each.get()).as("requests of others").isPositive();
            }
        } finally {
            over.set(true);
            others.shutdownNow();
            crowd.leave();
        }
    }

    /**
     * A way to the patient's records, and how to see that something came.
     *
     * @param shown what stands in the answer when it did; null where the answer is of nobody else
     */
    private record Way(
            String path,
            Supplier<String> token,
            List<String> nodes,
            @Nullable String shown) {

        Way(String path, Supplier<String> token) {
            this(path, token, NODES, null);
        }

        Way(String path, Supplier<String> token, String shown) {
            this(path, token, NODES, shown);
        }

        boolean delivers(String node) {
            Answer answer = get(at(node, path), token.get());
            if (answer.status() != 200) {
                assertThat(answer.status()).as(path + ": " + answer.body()).isIn(404, 410);
                return false;
            }
            if (shown != null) {
                return answer.body().contains(shown);
            }
            return path.contains("$export-file")
                    ? !answer.body().isEmpty()
                    : !(answer.resource() instanceof Bundle bundle) || bundle.hasEntry();
        }
    }

    private static List<Way> ways(ExportWorld world, String patient) {
        // A fresh token each time: many tries take longer than one lasts.
        Supplier<String> clinic = world::clinicToken;
        String observation = "/Observation/" + world.id("anna-signed");
        ExportClient client = new ExportClient(clinic.get());
        String file = client.manifest(
                        client.started("/$export?_type=Condition&_typeFilter=Condition%3Fpatient%3D" + patient))
                .at("/output/0/url")
                .asText();
        Bundle firstPage = (Bundle)
                get("/Observation?_count=1&patient=" + patient, clinic.get()).resource();
        return List.of(
                new Way(observation, clinic),
                new Way(observation + "/_history/1", clinic),
                new Way(observation + "/_history", clinic),
                new Way("/Observation?patient=" + patient, clinic),
                new Way("/Observation?_id=" + world.id("anna-signed"), world::insurerToken),
                new Way(firstPage.getLink(Bundle.LINK_NEXT).getUrl(), clinic),
                new Way("/Patient/" + patient + "/$everything", clinic),
                new Way("/Observation/$lastn?category=vital-signs&patient=" + patient, clinic),
                new Way(file, clinic, List.of(ORIGIN), null));
    }

    /** Two heart rates of a year in which nobody else was measured, and a diagnosis, twice, that nobody else has. */
    private static void loadWhatOnlyAnnaHas(ExportWorld world) {
        Observation earlier = Records.heartRate(world.id("anna"), world.id("anna-cuff"), "two-nodes-earlier");
        earlier.setId(world.id("anna-earlier"));
        earlier.setEffective(new DateTimeType("2019-01-02T08:00:00Z"));
        earlier.getValueQuantity().setValue(new BigDecimal(EARLIER));
        Observation later = Records.heartRate(world.id("anna"), world.id("anna-cuff"), "two-nodes-later");
        later.setId(world.id("anna-later"));
        later.setEffective(new DateTimeType("2019-01-03T08:00:00Z"));
        later.getValueQuantity().setValue(new BigDecimal(LATER));
        load(Records.transaction(
                earlier, later, diagnosis(world, "anna-first-failure"), diagnosis(world, "anna-second-failure")));
    }

    private static Condition diagnosis(ExportWorld world, String name) {
        Condition diagnosis = new Condition();
        diagnosis.setId(world.id(name));
        diagnosis.getCode().addCoding(new Coding(Codes.ICD_10_GM, DIAGNOSIS, null));
        return diagnosis.setSubject(new Reference("Patient/" + world.id("anna")));
    }

    private static List<Way> measured(ExportWorld world, String patient) {
        String rates = "http://loinc.org%7C" + Codes.HEART_RATE;
        return List.of(
                new Way(
                        "/Observation/$stats?subject=Patient/" + patient + "&coding=" + rates
                                + "&period=2019-01-01/2019-12-31&statistic=maximum",
                        world::clinicToken,
                        LATER),
                new Way(
                        "/Observation/$trend?patient=" + patient + "&code=" + rates
                                + "&from=2019-01-01&to=2019-01-14&points=14",
                        world::clinicToken,
                        LATER));
    }

    /** Searches that name nobody, and a second page of each. */
    private static List<Way> amongMany(ExportWorld world, String patient) {
        String vitals =
                "/Observation?code=http://loinc.org%7C" + Codes.HEART_RATE + "&date=lt2019-06-01&_sort=-date&_count=1";
        String conditions = "/Condition?code=" + Codes.ICD_10_GM + "%7C" + DIAGNOSIS + "&_count=1";
        return List.of(
                new Way(vitals, world::clinicToken, LATER),
                new Way(secondPage(world, vitals), world::clinicToken, EARLIER),
                new Way(conditions, world::clinicToken, "Patient/" + patient),
                new Way(secondPage(world, conditions), world::clinicToken, "Patient/" + patient));
    }

    private static String secondPage(ExportWorld world, String search) {
        Answer first = get(search, world.clinicToken());
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        return first.bundle().getLink(Bundle.LINK_NEXT).getUrl();
    }

    /** What was delivered, all ways asked at once at both nodes. */
    private static List<String> delivered(List<Way> ways) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (Way way : ways) {
                for (String node : way.nodes()) {
                    answers.add(callers.submit(
                            () -> way.delivers(node) ? List.of(node + ": " + way.path()) : List.<String>of()));
                }
            }
            List<String> delivered = new ArrayList<>();
            for (Future<List<String>> answer : answers) {
                delivered.addAll(answer.get());
            }
            return delivered;
        } finally {
            callers.shutdownNow();
        }
    }

    /** How long it took until it was acknowledged. */
    private static Duration say(ExportWorld world, String node, ConsentState state) {
        String path = "/Consent/" + world.id("anna-consent");
        String token = TOKENS.patient(world.id("anna"));
        Consent consent = (Consent) get(at(node, path), token).resource();
        long began = System.nanoTime();
        Answer answer = put(at(node, path), token, consent.setStatus(state));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return took;
    }

    /** Somebody else's vital signs, again and again. */
    private static int readAndWrite(ExportWorld world, String node, AtomicBoolean over) {
        AtomicInteger requests = new AtomicInteger();
        while (!over.get()) {
            String name = "two-nodes-" + node.hashCode() + "-" + requests.incrementAndGet();
            Answer written = post(
                    at(node, "/Observation"),
                    world.clinicToken(),
                    Records.heartRate(world.id("berta"), world.id("berta-cuff"), name));
            assertThat(written.status()).as(written.body()).isEqualTo(201);
            Answer read = get(at(node, "/Observation?_count=5&patient=" + world.id("berta")), world.clinicToken());
            assertThat(read.status()).as(read.body()).isEqualTo(200);
        }
        return requests.get();
    }
}
