package eu.sinusnode.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.cohort.CohortDirectory;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.cohort.LoadFigures;
import eu.sinusnode.launcher.home.Home;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.home.JobSettings;
import eu.sinusnode.launcher.home.Ports;
import eu.sinusnode.launcher.home.Programs;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.sampledata.CohortSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A SinusNode of ten patients in a home and on ports of its own, loaded and scored once. */
public final class RunningSystem {

    /** The ten well-known patients: every kind of consent, every kind of rhythm. */
    private static final int PATIENTS = 10;

    /** The seed of the demo: the README names these patients' ids. */
    private static final long SEED = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Installation installation;
    private final SinusNodeSystem system;
    private final StreamProgress progress;
    private final LoadFigures loaded;
    private final JsonNode firstRun;

    private RunningSystem(Installation installation) {
        this.installation = installation;
        this.progress = new StreamProgress(System.err, false);
        this.system = new SinusNodeSystem(installation, progress);
        up();
        this.loaded = system.loadCohort();
        this.firstRun = runRiskJob();
    }

    static RunningSystem start() {
        Path repository =
                Path.of(System.getProperty("sinusnode.repository", "..")).toAbsolutePath();
        Path home = Path.of("target", "system home").toAbsolutePath();
        int[] ports = freePorts(6);
        Installation installation = new Installation(
                new Home(home),
                new Programs(repository),
                new Ports(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5]));
        stopWhatAnEarlierRunLeft(installation);
        deleteAllBut(home, home.resolve("keycloak"));
        return new RunningSystem(installation);
    }

    /** Starts what does not run, as {@code ./sinusnode up} does. */
    void up() {
        system.startWith(new CohortSpec(PATIENTS, SEED, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END));
    }

    void stop() {
        try (progress) {
            system.stack().stop(progress);
        }
    }

    public Installation installation() {
        return installation;
    }

    public SinusNodeSystem parts() {
        return system;
    }

    /** What the loader was told when the cohort was loaded. */
    LoadFigures loaded() {
        return loaded;
    }

    /** The job's report of its first run. */
    JsonNode firstRun() {
        return firstRun;
    }

    /** Runs the job once more; returns its report. */
    JsonNode runRiskJob(String... options) {
        return json(system.riskJob().run(directory().dataEnd(), List.of(options), progress::say));
    }

    /** The same parts on the same home, with another pace of the scheduled analysis. */
    SinusNodeSystem withAnalysis(JobSettings job) {
        return new SinusNodeSystem(
                new Installation(installation.home(), installation.programs(), installation.ports(), job), progress);
    }

    public CohortDirectory directory() {
        return system.cohort().directory();
    }

    /** @param number the n of {@code patient-n} */
    public Persona persona(int number) {
        return directory().personas().get(number - 1);
    }

    public FhirEndpoint as(String caller) {
        return system.callers().as(caller);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopWhatAnEarlierRunLeft(Installation installation) {
        if (Files.exists(installation.home().root())) {
            try (StreamProgress progress = new StreamProgress(System.err, false)) {
                new SinusNodeSystem(installation, progress).stack().stop(progress);
            }
        }
    }

    private static int[] freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int[] ports = new int[count];
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports[i] = socket.getLocalPort();
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An earlier run's state goes; Keycloak's unpacked files may stay, they take a minute to make. */
    private static void deleteAllBut(Path directory, Path kept) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder())
                    .filter(f -> !f.startsWith(kept) && !kept.startsWith(f))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
