package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One of the server's commands as a child process, beside the server itself. */
public final class ServerProgram {

    private static final String AUDIT = "eu.sinusnode.server.audit.command.AuditCommand";
    private static final String INDEX = "eu.sinusnode.server.fulltext.command.IndexCommand";

    private static final String READINGS = "eu.sinusnode.server.lane.command.ReadingsCommand";
    private static final String LABELS = "eu.sinusnode.server.labels.LabelsCommand";
    private static final String POSTGRES = "eu.sinusnode.server.postgres.PostgresControl";
    private static final String RIGHTS = "eu.sinusnode.server.erasure.RightsCommand";
    private static final String RESIDENCY = "eu.sinusnode.server.residency.ResidencyCommand";

    private final Installation installation;
    private final String main;

    private ServerProgram(Installation installation, String main) {
        this.installation = installation;
        this.main = main;
    }

    public static ServerProgram audit(Installation installation) {
        return new ServerProgram(installation, AUDIT);
    }

    public static ServerProgram index(Installation installation) {
        return new ServerProgram(installation, INDEX);
    }

    public static ServerProgram readings(Installation installation) {
        return new ServerProgram(installation, READINGS);
    }

    public static ServerProgram labels(Installation installation) {
        return new ServerProgram(installation, LABELS);
    }

    public static ServerProgram residency(Installation installation) {
        return new ServerProgram(installation, RESIDENCY);
    }

    public static ServerProgram postgres(Installation installation) {
        return new ServerProgram(installation, POSTGRES);
    }

    public static ServerProgram rights(Installation installation) {
        return new ServerProgram(installation, RIGHTS);
    }

    /** @return the program's exit code */
    public int run(List<String> arguments, Consumer<String> lines) {
        List<String> command =
                new ArrayList<>(List.of("-cp", installation.programs().classPath("fhir-server"), main));
        command.addAll(arguments);
        Map<String, String> environment = Map.of(
                "SINUSNODE_HOME", installation.home().root().toString(),
                "SINUSNODE_POSTGRES_PORT", String.valueOf(installation.ports().postgres()));
        return new ChildCommand(command, installation.home().root(), environment)
                .run(lines)
                .exitCode();
    }
}
