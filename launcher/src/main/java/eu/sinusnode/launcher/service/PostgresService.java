package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import eu.sinusnode.launcher.progress.Progress;
import java.util.List;
import java.util.Map;

/** The embedded PostgreSQL, through the server module's own control program. */
public final class PostgresService implements Service {

    private static final String CONTROL = "eu.sinusnode.server.postgres.PostgresControl";

    private final Installation installation;

    public PostgresService(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public Started start(Progress.Task task) {
        ChildCommand.Result result = control("start");
        if (result.exitCode() != 0) {
            throw new Trouble(
                    result.lastLine().isEmpty() ? "PostgreSQL could not be started." : result.lastLine(),
                    "PostgreSQL's own log is "
                            + installation.home().root().resolve("postgres").resolve("postgres.log") + ".");
        }
        return new Started(!result.lastLine().contains("was running"), result.lastLine());
    }

    @Override
    public State state() {
        ChildCommand.Result result = control("status");
        return new State(result.exitCode() == 0, result.lastLine());
    }

    @Override
    public boolean stop() {
        ChildCommand.Result result = control("stop");
        if (result.exitCode() != 0) {
            throw new Trouble(result.lastLine(), "Run ./sinusnode down again; postgres/postgres.log says more.");
        }
        return !result.lastLine().contains("not running");
    }

    private ChildCommand.Result control(String verb) {
        List<String> command = List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                installation.programs().classPath("fhir-server"),
                CONTROL,
                verb);
        Map<String, String> environment = Map.of(
                "SINUSNODE_HOME",
                installation.home().root().toString(),
                "SINUSNODE_POSTGRES_PORT",
                Integer.toString(installation.ports().postgres()));
        return new ChildCommand(command, installation.home().root(), environment).run(line -> {});
    }
}
