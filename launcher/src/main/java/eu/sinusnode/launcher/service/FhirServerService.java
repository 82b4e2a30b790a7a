package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.Readiness;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.launcher.process.LoopbackPort;
import eu.sinusnode.launcher.process.PidFile;
import eu.sinusnode.launcher.progress.Progress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The FHIR server as a process of its own. */
public final class FhirServerService implements Service {

    private static final String MODULE = "fhir-server";
    private static final String MAIN = "eu.sinusnode.server.SinusNodeServer";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Installation installation;
    private final Daemon daemon;
    private final Readiness readiness;

    public FhirServerService(Installation installation, HttpClient client) {
        this.installation = installation;
        this.daemon = new Daemon("server", installation.home());
        this.readiness = new Readiness(client, URI.create(installation.serverRoot() + "/actuator/health/readiness"));
    }

    @Override
    public String name() {
        return "FHIR server";
    }

    @Override
    public Started start(Progress.Task task) {
        String build = installation.programs().build(MODULE);
        Optional<PidFile.Remembered> running = daemon.running();
        if (running.isPresent() && running.get().build().equals(build)) {
            // Ready already, or still coming up after a launcher that was killed meanwhile.
            if (await(running.get().process()) == Readiness.Outcome.READY) {
                return new Started(false, "was running at " + installation.fhirBase());
            }
        }
        if (running.isPresent()) {
            task.note("replacing a process of an earlier build or one that does not answer");
            daemon.stop();
        }
        new LoopbackPort(installation.ports().server()).demandFree("the FHIR server", "SINUSNODE_PORT");
        new LoopbackPort(installation.ports().https()).demandFree("HTTPS of the FHIR server", "SINUSNODE_HTTPS_PORT");
        ProcessHandle process = daemon.start(build, jvm(), program(), Map.of());
        return switch (await(process)) {
            case READY -> new Started(true, installation.fhirBase());
            case DIED ->
                throw new Trouble(
                        "The FHIR server ended while it started. It said: "
                                + daemon.log().lastWords(),
                        "The whole log is " + daemon.log().path() + ".");
            case TOO_LONG ->
                throw new Trouble(
                        "The FHIR server was not ready after " + PATIENCE.toMinutes() + " minutes.",
                        "Its log is " + daemon.log().path() + "; ./sinusnode up waits for it again.");
        };
    }

    @Override
    public State state() {
        return daemon.running()
                .map(r -> readiness.isReady()
                        ? new State(
                                true,
                                installation.fhirBase() + ", process "
                                        + r.process().pid())
                        : new State(false, "process " + r.process().pid() + " runs but is not ready, log " + log()))
                .orElseGet(() -> new State(false, "not running"));
    }

    /** When the first run of a build ends, its classes are laid out for the next. */
    @Override
    public boolean stop() {
        boolean ran = daemon.stop();
        if (ran) {
            layOut();
        }
        return ran;
    }

    private void layOut() {
        try {
            archive().make();
        } catch (Trouble notBuilt) {
            // The programs were deleted while the server ran: it is stopped, as was asked for.
        }
    }

    private java.nio.file.Path log() {
        return daemon.log().path();
    }

    /** Ready only with our process alive: on its port a stranger might answer. */
    private Readiness.Outcome await(ProcessHandle process) {
        Readiness.Outcome outcome = readiness.await(PATIENCE, process::isAlive);
        return outcome == Readiness.Outcome.READY && !process.isAlive() ? Readiness.Outcome.DIED : outcome;
    }

    /** A fault's origin is told by its stack, which the JVM would leave out of faults that come often. */
    private List<String> jvm() {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx3g",
                "-Xshare:auto",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-OmitStackTraceInFastThrow",
                "-Dfile.encoding=UTF-8"));
        options.addAll(archive().options());
        return options;
    }

    private ClassArchive archive() {
        return ClassArchive.of(installation.programs(), MODULE);
    }

    private List<String> program() {
        return List.of(
                "-cp",
                installation.programs().classPath(MODULE),
                MAIN,
                "--sinusnode.home=" + installation.home().root(),
                "--sinusnode.base-url=" + installation.fhirBase(),
                "--sinusnode.import.folder=" + installation.home().imports(),
                "--sinusnode.postgres.port=" + installation.ports().postgres(),
                "--sinusnode.oauth.issuer=" + installation.issuer(),
                "--sinusnode.oauth.audience=" + installation.fhirBase(),
                "--sinusnode.cors.origins=" + installation.appRoot(),
                "--server.port=" + installation.ports().server(),
                "--sinusnode.tls.port=" + installation.ports().https());
    }
}
