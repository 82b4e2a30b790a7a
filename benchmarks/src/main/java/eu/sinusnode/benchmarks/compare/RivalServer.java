package eu.sinusnode.benchmarks.compare;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.Readiness;
import eu.sinusnode.launcher.process.Daemon;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rival as a process of its own, beside an installation whose PostgreSQL it uses. It has the same heap as ours. */
public final class RivalServer {

    private static final int PORT = 18082;
    private static final String ROOT = "http://127.0.0.1:" + PORT;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Installation installation;
    private final Rival rival;
    private final Daemon daemon;

    public RivalServer(Installation installation, Rival rival) {
        this.installation = installation;
        this.rival = rival;
        this.daemon = new Daemon(rival.word() + "-server", installation.home());
    }

    /**
     * Starts it anew and waits until it answers a search.
     *
     * @throws Trouble when it does not
     */
    public ProcessHandle start() {
        daemon.stop();
        ProcessHandle process =
                daemon.start("benchmark", List.of("-Xmx3g", "-Dfile.encoding=UTF-8"), program(), Map.of());
        // Its CapabilityStatement is HAPI's, made anew for each request and longer in the making than one waits.
        Readiness readiness = new Readiness(HttpClient.newHttpClient(), URI.create(ROOT + "/fhir/Patient?_count=1"));
        if (readiness.await(PATIENCE, process::isAlive) != Readiness.Outcome.READY) {
            throw new Trouble(
                    "The " + rival.word() + " server did not start: "
                            + daemon.log().lastWords(),
                    "Its log is " + daemon.log().path() + ".");
        }
        return process;
    }

    public void stop() {
        daemon.stop();
    }

    public Rival rival() {
        return rival;
    }

    public String fhirBase() {
        return ROOT + "/fhir";
    }

    private List<String> program() {
        return List.of(
                "-cp",
                installation.programs().classPath("benchmarks"),
                rival.program(),
                // The health groups name parts of the guarded server.
                "--management.endpoint.health.validate-group-membership=false",
                "--sinusnode.home=" + installation.home().root(),
                "--sinusnode.base-url=" + fhirBase(),
                "--sinusnode.postgres.port=" + installation.ports().postgres(),
                "--server.port=" + PORT,
                "--sinusnode.tls.port=0");
    }
}
