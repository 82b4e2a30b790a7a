package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The server's audit command as a child process. */
public final class AuditProgram {

    private static final String MAIN = "eu.sinusnode.server.audit.command.AuditCommand";

    private final Installation installation;

    public AuditProgram(Installation installation) {
        this.installation = installation;
    }

    /** @return the program's exit code */
    public int run(List<String> arguments, Consumer<String> lines) {
        List<String> command =
                new ArrayList<>(List.of("-cp", installation.programs().classPath("fhir-server"), MAIN));
        command.addAll(arguments);
        Map<String, String> environment = Map.of(
                "SINUSNODE_HOME", installation.home().root().toString(),
                "SINUSNODE_POSTGRES_PORT", String.valueOf(installation.ports().postgres()));
        return new ChildCommand(command, installation.home().root(), environment)
                .run(lines)
                .exitCode();
    }
}
