package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Not a test: how fast an export is written and fetched, and what it takes of the heap. Run it with {@code
 * -Dit.test=BulkExportBenchmark}, more records with {@code -Dsinusnode.benchmark.records=…}.
 */
class BulkExportBenchmark extends RunningServer {

    private static final String COPIES = """
            WITH template AS (SELECT * FROM hfj_resource WHERE fhir_id = '%s'),
            copies AS MATERIALIZED (
                SELECT nextval('seq_resource_id') AS id, gen_random_uuid()::text AS fhir_id
                FROM generate_series(1, %d)),
            resources AS (
                INSERT INTO hfj_resource SELECT (jsonb_populate_record(NULL::hfj_resource, to_jsonb(t)
                    || jsonb_build_object('res_id', c.id, 'fhir_id', c.fhir_id))).* FROM template t, copies c),
            versions AS (
                INSERT INTO hfj_res_ver SELECT (jsonb_populate_record(NULL::hfj_res_ver, to_jsonb(v)
                    || jsonb_build_object('pid', nextval('seq_resource_history_id'), 'res_id', c.id))).*
                FROM template t JOIN hfj_res_ver v ON v.res_id = t.res_id, copies c)
            INSERT INTO hfj_res_link SELECT (jsonb_populate_record(NULL::hfj_res_link, to_jsonb(l)
                || jsonb_build_object('pid', nextval('seq_reslink_id'), 'src_resource_id', c.id))).*
            FROM template t JOIN hfj_res_link l ON l.src_resource_id = t.res_id, copies c
            """;

    private static final int PATIENTS = 20;
    private static final int RECORDS = Integer.getInteger("sinusnode.benchmark.records", 200_000);

    @Test
    void measure() throws IOException, InterruptedException {
        ExportWorld world = new ExportWorld("export-benchmark");
        for (int i = 0; i < PATIENTS; i++) {
            world.patient("p" + i);
            multiply(world.id("p" + i + "-signed"), RECORDS / PATIENTS);
        }
        database.execute("ANALYZE hfj_resource, hfj_res_ver, hfj_res_link");
        ExportClient client = new ExportClient(world.clinicToken());
        // Another scope than that of the start: what was decided then does not hold, and each record is decided anew.
        ExportClient narrower = new ExportClient(world.token(
                CallerKind.CLINIC_SYSTEM,
                world.clinic,
                "system/Patient.rs system/Observation.rs?category=" + Codes.OBSERVATION_CATEGORY + "|vital-signs"));
        String manifest = "";
        for (int round = 1; round <= 3; round++) {
            manifest = written("Round " + round, client);
            fetched("Round " + round, manifest, client);
        }
        fetched("Decided anew", manifest, narrower);
        // Collects all the time, so it is measured by itself.
        Heap heap = Heap.watch();
        fetched("Heap", written("Heap", client), client);
        System.out.printf("Heap after collections: up to %d MB%n", heap.end() >> 20);
    }

    /** @return the status URL */
    private static String written(String what, ExportClient client) {
        Cost cost = new Cost();
        String url = client.started("/$export?_type=Observation");
        client.manifest(url);
        cost.print(what + ", written", RECORDS);
        return url;
    }

    private static void fetched(String what, String url, ExportClient client) throws IOException, InterruptedException {
        List<String> files = ExportClient.files(client.manifest(url)).of("Observation");
        Cost cost = new Cost();
        long lines = 0;
        for (String file : files) {
            lines += lines(file, client);
        }
        cost.print(what + ", fetched", lines);
        assertThat(lines).isGreaterThanOrEqualTo(RECORDS);
    }

    /** Time, CPU time of this process (server and client), and of the database's. */
    private static final class Cost {
        private final long start = System.nanoTime();
        private final long own = ownCpu();
        private final long database = databaseCpu();

        void print(String what, long records) {
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%s: %,d records in %.1f s (%,.0f/s), %.0f µs of CPU a record here, %.0f in the database%n",
                    what,
                    records,
                    seconds,
                    records / seconds,
                    (ownCpu() - own) / 1e3 / records,
                    (databaseCpu() - database) / 1e3 / records);
        }

        private static long ownCpu() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        private static long databaseCpu() {
            return ProcessHandle.current()
                    .descendants()
                    .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                    .mapToLong(Duration::toNanos)
                    .sum();
        }
    }

    private static long lines(String file, ExportClient client) throws IOException, InterruptedException {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        try (InputStream body = HttpClient.newHttpClient()
                .send(request(file, client.token()).build(), BodyHandlers.ofInputStream())
                .body()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    /** Copies a stored record row by row: what is measured is the reading. */
    private void multiply(String template, int times) {
        database.execute((Connection connection) -> {
            try (Statement statement = connection.createStatement()) {
                // The pool plans each check of a foreign key anew; for these there is no need.
                statement.execute("SET plan_cache_mode = force_generic_plan");
                statement.execute(COPIES.formatted(template, times));
                statement.execute("SET plan_cache_mode = force_custom_plan");
            }
            return null;
        });
    }

    /** What is in use right after a collection, at its highest. */
    private static final class Heap {
        private final AtomicBoolean on = new AtomicBoolean(true);
        private final AtomicLong most = new AtomicLong();
        private final Thread thread = new Thread(this::look);

        static Heap watch() {
            Heap heap = new Heap();
            heap.thread.start();
            return heap;
        }

        private void look() {
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            while (on.get()) {
                System.gc();
                most.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
                try {
                    Thread.sleep(1_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        long end() throws InterruptedException {
            on.set(false);
            thread.join();
            return most.get();
        }
    }
}
