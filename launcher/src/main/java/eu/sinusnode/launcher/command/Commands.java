package eu.sinusnode.launcher.command;

import eu.sinusnode.keycloak.admin.AdminException;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.sampledata.SampleData;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's root. */
@Command(
        name = "sinusnode",
        description = "One SinusNode on this machine: PostgreSQL, Keycloak, the FHIR server, a cohort, the risk job.",
        mixinStandardHelpOptions = true,
        version = "SinusNode 0.1.0-SNAPSHOT",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            StatusCommand.class,
            DownCommand.class,
            TokenCommand.class,
            AppCommand.class,
            CodeCommand.class,
            RegisterCommand.class,
            BlockCommand.Block.class,
            BlockCommand.Unblock.class,
            SessionsCommand.class,
            KeysCommand.class,
            JobCommand.class,
            ModelCommand.class,
            AuditCommand.class,
            DatabaseCommand.class,
            ImportCommand.class,
            IndexCommand.class,
            ReadingsCommand.class,
            LabelsCommand.class,
            RightsCommand.class,
            ResidencyCommand.class,
            SampleData.class
        },
        footer = {
            "",
            "State lies in SINUSNODE_HOME (default: .sinusnode beside this script). Ports: SINUSNODE_PORT 8080, SINUSNODE_HTTPS_PORT 8443,",
            "SINUSNODE_KEYCLOAK_PORT 8081, SINUSNODE_KEYCLOAK_MANAGEMENT_PORT 9001, SINUSNODE_POSTGRES_PORT 54329,",
            "SINUSNODE_APP_PORT 8765. Scheduled analysis: SINUSNODE_JOB_EVERY PT1M, SINUSNODE_JOB_MEMORY 1g, SINUSNODE_JOB_LAND."
        })
public final class Commands implements Runnable {

    private final Terminal terminal;
    private final Supplier<Installation> installation;

    @Option(names = "--verbose", description = "Show the stack of an error.", scope = ScopeType.INHERIT)
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private Commands(Terminal terminal, Supplier<Installation> installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    /**
     * Runs one command to its end.
     *
     * @return the exit code
     */
    public static int execute(Terminal terminal, Supplier<Installation> installation, String... arguments) {
        Commands root = new Commands(terminal, installation);
        return new CommandLine(root)
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setExecutionExceptionHandler((exception, command, parsed) -> root.tell(exception))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, for example: ./sinusnode demo");
    }

    Terminal terminal() {
        return terminal;
    }

    SinusNodeSystem system() {
        return new SinusNodeSystem(installation.get(), terminal.progress());
    }

    Installation installed() {
        return installation.get();
    }

    private int tell(Exception exception) {
        say(exception);
        for (Throwable other : exception.getSuppressed()) {
            say(other);
        }
        if (verbose) {
            exception.printStackTrace(terminal.err());
        }
        return 1;
    }

    private void say(Throwable failure) {
        String message = failure instanceof Trouble || failure instanceof AdminException
                ? String.valueOf(failure.getMessage())
                : "Something unexpected happened: " + failure;
        String remedy = "Run the command again with --verbose; the logs are in the state directory.";
        if (failure instanceof Trouble trouble) {
            remedy = trouble.remedy();
        } else if (failure instanceof AdminException) {
            remedy = "./sinusnode status shows whether Keycloak runs; up starts it.";
        }
        terminal.progress().say("sinusnode: " + message);
        terminal.progress().say("  " + remedy);
    }
}
