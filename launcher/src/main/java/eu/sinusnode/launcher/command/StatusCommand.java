package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.service.Service;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "status",
        description = "Tells which parts run. Exit code 3 when one of them does not.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_RUNNING = 3;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        SinusNodeSystem system = root.system();
        boolean all = true;
        for (Service service : system.stack().services()) {
            Service.State state = service.state();
            all &= state.running();
            root.terminal()
                    .out()
                    .printf("%-12s %-8s %s%n", service.name(), state.running() ? "running" : "not up", state.detail());
        }
        root.terminal()
                .out()
                .printf("%-12s %s%n", "State", system.installation().home().root());
        root.terminal()
                .out()
                .printf("%-12s %s%n", "Logs", system.installation().home().logs());
        return all ? 0 : NOT_RUNNING;
    }
}
