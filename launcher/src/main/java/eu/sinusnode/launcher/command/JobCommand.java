package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "Score as of this instant; default: where the cohort's data end.")
    private @Nullable Instant asOf;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        SinusNodeSystem system = root.system();
        return switch (job) {
            case risk -> {
                Instant instant = asOf == null ? system.cohort().directory().dataEnd() : asOf;
                system.whileLocked(() -> {
                    system.riskJob().run(instant, root.terminal().out()::println);
                });
                yield 0;
            }
        };
    }
}
