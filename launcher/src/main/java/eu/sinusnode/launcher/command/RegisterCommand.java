package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "register",
        description =
                "Takes a clinic, an insurer, a device gateway, a recorder, an app or a person into the running system.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RegisterBackendCommand.Clinic.class,
            RegisterBackendCommand.Insurer.class,
            RegisterBackendCommand.Researcher.class,
            RegisterBackendCommand.Gateway.class,
            RegisterBackendCommand.Recorder.class,
            RegisterAppCommand.class,
            RegisterPersonCommand.class
        })
final class RegisterCommand implements Runnable {

    @ParentCommand
    private Commands root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name whom to register: clinic, insurer, gateway, app, person");
    }

    /** Holds the home's lock meanwhile, and shows the lines that come of it. */
    int show(Function<SinusNodeSystem, List<String>> registration) {
        SinusNodeSystem system = root.system();
        system.whileLocked(() -> registration.apply(system))
                .forEach(root.terminal().out()::println);
        return 0;
    }
}
