package eu.sinusnode.benchmarks.compare;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.cohort.LoadFigures;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.Readiness;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.sampledata.CohortSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * The whole system and, beside its server, a rival on the same database server that guards nothing. Both have the same
 * heap.
 *
 * @param loaded what the cohort brought
 * @param rivalBase FHIR base of the rival
 */
public record Servers(
        SinusNodeSystem system,
        LoadFigures loaded,
        ProcessHandle guarded,
        Rival rival,
        Daemon rivalDaemon,
        ProcessHandle rivalProcess,
        String rivalBase,
        Progress progress)
        implements AutoCloseable {

    private static final long SEED = 1;
    private static final int RIVAL_PORT = 18082;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Starts everything and loads the cohort where it is not loaded yet. */
    public static Servers start(Installation installation, Rival rival, int patients, Progress progress) {
        SinusNodeSystem system = new SinusNodeSystem(installation, progress);
        Daemon daemon = new Daemon(rival.word() + "-server", installation.home());
        try {
            system.startWith(new CohortSpec(patients, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
            LoadFigures loaded = system.loadCohort();
            ProcessHandle guarded = new Daemon("server", installation.home())
                    .running()
                    .orElseThrow()
                    .process();
            daemon.stop();
            String root = "http://127.0.0.1:" + RIVAL_PORT;
            ProcessHandle open = daemon.start(
                    "benchmark",
                    List.of("-Xmx3g", "-Dfile.encoding=UTF-8"),
                    program(installation, rival, root),
                    Map.of());
            HttpClient client = HttpClient.newHttpClient();
            // Its CapabilityStatement is HAPI's, made anew for each request and longer in the making than one waits.
            Readiness readiness = new Readiness(client, URI.create(root + "/fhir/Patient?_count=1"));
            if (readiness.await(PATIENCE, open::isAlive) != Readiness.Outcome.READY) {
                throw new Trouble(
                        "The server without policies did not start: "
                                + daemon.log().lastWords(),
                        "Its log is " + daemon.log().path() + ".");
            }
            return new Servers(system, loaded, guarded, rival, daemon, open, root + "/fhir", progress);
        } catch (RuntimeException e) {
            daemon.stop();
            system.stack().stop(progress);
            throw e;
        }
    }

    private static List<String> program(Installation installation, Rival rival, String root) {
        return List.of(
                "-cp",
                installation.programs().classPath("benchmarks"),
                rival.program(),
                // The health groups name parts of the guarded server.
                "--management.endpoint.health.validate-group-membership=false",
                "--sinusnode.home=" + installation.home().root(),
                "--sinusnode.base-url=" + root + "/fhir",
                "--sinusnode.postgres.port=" + installation.ports().postgres(),
                "--server.port=" + RIVAL_PORT,
                "--sinusnode.tls.port=0");
    }

    /** What the guarded server measures of itself, in Prometheus' text. */
    public String metrics() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(system.installation().serverRoot() + "/actuator/prometheus"))
                .header("Authorization", "Bearer " + system.callers().token(DemoRegistrations.LOADER))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new Trouble(
                        "The server does not tell its metrics: status " + answer.statusCode() + ".",
                        "Its log is in " + system.installation().home().root() + ".");
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException("The server's metrics cannot be read.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while the server's metrics were read.");
        }
    }

    @Override
    public void close() {
        rivalDaemon.stop();
        system.stack().stop(progress);
    }
}
