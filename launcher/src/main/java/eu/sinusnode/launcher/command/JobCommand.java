package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "job",
        description = "Runs an analysis job against the running server.",
        mixinStandardHelpOptions = true)
final class JobCommand implements Callable<Integer> {

    /** The jobs there are. */
    enum Job {
        risk
    }

    @Parameters(paramLabel = "JOB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Job job;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        SinusNodeSystem system = root.system();
        return switch (job) {
            case risk -> {
                system.whileLocked(() -> system.riskJob().run(root.terminal().out()::println));
                yield 0;
            }
        };
    }
}
