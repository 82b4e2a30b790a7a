package eu.sinusnode.benchmarks.compare;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.cohort.LoadFigures;
import eu.sinusnode.launcher.home.Installation;
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
import java.util.concurrent.CancellationException;

/**
 * The whole system and, beside its server, a rival on the same database server that guards nothing.
 *
 * @param loaded what the cohort brought
 */
public record Servers(
        SinusNodeSystem system,
        LoadFigures loaded,
        ProcessHandle guarded,
        RivalServer rivalServer,
        ProcessHandle rivalProcess,
        Progress progress)
        implements AutoCloseable {

    private static final long SEED = 1;

    /** Starts everything and loads the cohort where it is not loaded yet. */
    public static Servers start(Installation installation, Rival rival, int patients, Progress progress) {
        SinusNodeSystem system = new SinusNodeSystem(installation, progress);
        RivalServer rivalServer = new RivalServer(installation, rival);
        try {
            system.startWith(new CohortSpec(patients, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
            LoadFigures loaded = system.loadCohort();
            ProcessHandle guarded = new Daemon("server", installation.home())
                    .running()
                    .orElseThrow()
                    .process();
            return new Servers(system, loaded, guarded, rivalServer, rivalServer.start(), progress);
        } catch (RuntimeException e) {
            rivalServer.stop();
            system.stack().stop(progress);
            throw e;
        }
    }

    public Rival rival() {
        return rivalServer.rival();
    }

    public String rivalBase() {
        return rivalServer.fhirBase();
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
        rivalServer.stop();
        system.stack().stop(progress);
    }
}
