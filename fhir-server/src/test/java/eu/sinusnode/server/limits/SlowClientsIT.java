package eu.sinusnode.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** Fifty slow clients at once: each is cut off, and meanwhile an ordinary request is answered. */
class SlowClientsIT extends RunningServer {

    private static final int CLIENTS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** The machine of the tests is slow, too. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private static final int BIG = 6_000_000;
    private static final int READINGS = 60_000;

    @Test
    void aHeadThatComesByteByByteIsCutOff() throws Exception {
        assertAllCutOff(() -> new Slow("GET /fhir/metadata HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    }

    @Test
    void aBodyThatComesByteByByteIsCutOff() throws Exception {
        String token = TOKENS.loader();
        List<String> answers = assertAllCutOff(() -> new Slow(head(token, "/fhir", "application/fhir+json")));
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 408").contains("SN-REQUEST-011"));
    }

    @Test
    void aFormThatComesByteByByteIsCutOff() throws Exception {
        String token = TOKENS.loader();
        assertAllCutOff(() -> new Slow(head(token, "/fhir/Patient/_search", "application/x-www-form-urlencoded")));
    }

    /** The container would read the rest of a refused body to its end, in a worker. */
    @Test
    void aRefusedBodyThatComesByteByByteIsCutOff() throws Exception {
        List<String> answers = assertAllCutOff(() -> new Slow(head("nonsense", "/fhir", "application/fhir+json")));
        assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 401"));
    }

    @Test
    void aClientThatTakesItsAnswerSlowlyIsCutOff() throws Exception {
        RunningServer.load(Records.household("slow"));
        Binary big = new Binary().setContentType("application/octet-stream").setData(new byte[BIG]);
        big.setSecurityContext(new Reference("Patient/" + Records.id("slow")));
        big.setId(Records.id("slow-binary"));
        RunningServer.load(Records.transaction(big));
        String token = TOKENS.patient(Records.id("slow"));
        String request = "GET /fhir/Binary/" + Records.id("slow-binary") + " HTTP/1.1\r\nHost: x\r\n"
                + "Accept: application/fhir+json\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        assertAllCutOff(request, BIG * 4 / 3);
    }

    /** What the operation writes comes from a cursor, so the stream has a connection of the pool while it lasts. */
    @Test
    void aStreamThatIsTakenSlowlyGivesItsConnectionBack() throws Exception {
        UUID patient = UUID.fromString(Records.id("slow-stream"));
        UUID before = new UUID(patient.getMostSignificantBits(), patient.getLeastSignificantBits() - 1);
        RunningServer.load(Records.household("slow-stream"));
        database.update(
                "INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization,"
                        + " purpose, labels, valid_from) VALUES (?, ?, 1, 'x', 'p', ?::uuid, 'CAREMGT', '{}', '-infinity')",
                patient,
                UUID.randomUUID(),
                Records.CENTRE);
        database.update(
                "INSERT INTO sinusnode.vital_reading (effective, value, change_sequence, patient, observation, version,"
                        + " offset_minutes, code, status, device_kind, setting, author) SELECT now() - i * interval"
                        + " '1 min', 63, pg_current_xact_id()::text::bigint, ?, gen_random_uuid(), 1, 0, 3, 'f', 'c',"
                        + " 'h', '-' FROM generate_series(1, ?) i",
                patient,
                READINGS);
        try {
            assertAllCutOff(
                    "GET /fhir/$vital-readings?patients=1&after=" + before + " HTTP/1.1\r\nHost: x\r\n"
                            + "Authorization: Bearer " + TOKENS.job() + "\r\n\r\n",
                    READINGS * 200);
        } finally {
            database.update("DELETE FROM sinusnode.vital_reading WHERE patient = ?", patient);
            database.update("DELETE FROM sinusnode.directive WHERE patient = ?", patient);
        }
    }

    private void assertAllCutOff(String request, int wholeAnswer) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Socket client = new Socket();
                client.setReceiveBufferSize(2048);
                client.connect(server());
                client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                clients.add(client);
            }
            boolean held = false;
            Instant until = Instant.now().plus(PATIENCE).plus(MARGIN);
            while (Instant.now().isBefore(until)) {
                // Half of them take a little now and then, the others nothing.
                for (Socket client : clients.subList(0, 5)) {
                    take(client, 64);
                }
                assertAnswered();
                held |= writers() > 0;
                Thread.sleep(500);
            }
            assertThat(held).as("workers waited for their clients").isTrue();
            assertNothingIsHeld();
            for (Socket client : clients) {
                client.setSoTimeout(20_000);
                assertThat(rest(client))
                        .as("bytes of an answer of " + wholeAnswer)
                        .isLessThan(wholeAnswer);
            }
        } finally {
            close(clients);
        }
    }

    /** Neither a worker nor a connection to the database, though no client has gone. */
    private void assertNothingIsHeld() throws Exception {
        HikariPoolMXBean pool = Objects.requireNonNull(database.getDataSource())
                .unwrap(HikariDataSource.class)
                .getHikariPoolMXBean();
        Instant until = Instant.now().plus(MARGIN);
        boolean free = false;
        while (!free && Instant.now().isBefore(until)) {
            Thread.sleep(200);
            free = writers() == 0 && pool.getActiveConnections() == 0;
        }
        assertThat(free)
                .as("%s workers, %s connections", writers(), pool.getActiveConnections())
                .isTrue();
    }

    /** Threads that wait until a client takes more of its answer. */
    private static long writers() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(PacedOutput.class.getName())))
                .count();
    }

    /** @return what each of them was answered, if anything */
    private static List<String> assertAllCutOff(java.util.function.Supplier<Slow> kind) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        List<String> answers = new ArrayList<>();
        try {
            List<Future<Slow>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Slow client = kind.get();
                running.add(pool.submit(() -> client.run()));
            }
            for (int i = 0; i < 5; i++) {
                Thread.sleep(1000);
                assertAnswered();
            }
            for (Future<Slow> each : running) {
                Slow client = each.get(2, TimeUnit.MINUTES);
                assertThat(client.held()).isLessThan(PATIENCE.plus(MARGIN));
                answers.add(client.answer());
            }
        } finally {
            pool.shutdownNow();
        }
        assertAnswered();
        return answers;
    }

    private static void assertAnswered() {
        Instant start = Instant.now();
        Answer answer = get("/Patient/" + Records.id("nobody"), TOKENS.patient(Records.id("nobody")));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    private static String head(String token, String path, String type) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\nContent-Type: " + type
                + "\r\nContent-Length: 60000\r\n\r\n";
    }

    private static InetSocketAddress server() {
        URI origin = URI.create(ORIGIN);
        return new InetSocketAddress(origin.getHost(), origin.getPort());
    }

    private static void take(Socket client, int most) throws IOException {
        InputStream input = client.getInputStream();
        client.setSoTimeout(100);
        try {
            input.read(new byte[most]);
        } catch (IOException nothingNow) {
            // It is looked at in the end.
        }
    }

    private static long rest(Socket client) {
        long all = 0;
        try {
            InputStream input = client.getInputStream();
            byte[] buffer = new byte[65_536];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                all += read;
            }
        } catch (IOException reset) {
            // Cut off.
        }
        return all;
    }

    private static void close(List<Socket> clients) throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    /** Sends a beginning at once, and then one byte a second until the server has had enough. */
    private static final class Slow {
        private final String beginning;
        private final StringBuilder answer = new StringBuilder();
        private Duration held = Duration.ZERO;

        Slow(String beginning) {
            this.beginning = beginning;
        }

        Slow run() throws Exception {
            Instant start = Instant.now();
            try (Socket client = new Socket()) {
                client.connect(server());
                client.setSoTimeout(1000);
                client.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
                try {
                    while (isUnanswered(client) && held.compareTo(Duration.ofSeconds(90)) < 0) {
                        held = Duration.between(start, Instant.now());
                        client.getOutputStream().write('a');
                    }
                } catch (java.net.SocketException cutOff) {
                    // As it must be; what was answered before may still be read.
                }
                readRest(client);
            }
            held = Duration.between(start, Instant.now());
            return this;
        }

        /** Waits a second for an answer: whoever sends more after one has begun may lose the rest of it. */
        private boolean isUnanswered(Socket client) throws IOException {
            try {
                return read(client) == 0;
            } catch (java.net.SocketTimeoutException nothingYet) {
                return true;
            }
        }

        private void readRest(Socket client) {
            try {
                client.setSoTimeout((int) MARGIN.toMillis());
                while (read(client) >= 0) {
                    // Every piece is kept by the reading of it.
                }
            } catch (IOException cutOff) {
                // What came before is kept.
            }
        }

        private int read(Socket client) throws IOException {
            byte[] buffer = new byte[8192];
            int read = client.getInputStream().read(buffer);
            if (read > 0) {
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            return read;
        }

        Duration held() {
            return held;
        }

        String answer() {
            return answer.toString();
        }
    }
}
