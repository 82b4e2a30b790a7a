package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.export.ExportClient;
import eu.sinusnode.server.export.ExportWorld;
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
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two servers on one database: what the patient has withdrawn at one of them is closed at both, for every request that
 * begins after the acknowledgement, while others read and write.
 *
 * <p>{@code -Dsinusnode.withdrawals=1000} tries more often; how long each acknowledgement took is in
 * {@code target/withdrawals.csv}.
 */
class WithdrawalOnTwoNodesIT extends RunningServer {

    private static final int TRIES = Integer.getInteger("sinusnode.withdrawals", 20);
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
        List<Way> ways = ways(world, patient);
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
        }
    }

    /** A way to the patient's records, and how to see that something came. */
    private record Way(String path, Supplier<String> token, List<String> nodes) {

        Way(String path, Supplier<String> token) {
            this(path, token, NODES);
        }

        boolean delivers(String node) {
            Answer answer = get(at(node, path), token.get());
            if (answer.status() != 200) {
                assertThat(answer.status()).as(path + ": " + answer.body()).isIn(404, 410);
                return false;
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
                new Way(file, clinic, List.of(ORIGIN)));
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
