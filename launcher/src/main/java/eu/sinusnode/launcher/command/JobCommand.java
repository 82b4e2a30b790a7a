package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "job",
        description = "Runs an analysis job against the running server.",
        mixinStandardHelpOptions = true)
final class JobCommand implements Callable<Integer> {

    /** The jobs there are. */
    enum Job {
        risk,
        replay
    }

    @Parameters(paramLabel = "JOB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Job job;

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "Score as of this instant; default: now.")
    private @Nullable Instant asOf;

    @Option(
            names = "--full",
            description = "Read everybody, and not only those of whom something has changed since the last run.")
    private boolean full;

    @Option(names = "--dry-run", description = "Score everybody, count what would be raised, and write no flag.")
    private boolean dryRun;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Ranges of patients at a time, 1 to 16; default: as many as cores.")
    private @Nullable Integer threads;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description =
                    "Of risk: the schedule that up leaves running, here in the foreground, with a look at what is new that"
                            + " often, e.g. PT1M; takes --threads alone beside.")
    private @Nullable Duration every;

    @Option(names = "--task", paramLabel = "ID", description = "Of replay: answer this Task alone; may be given again.")
    private List<String> tasks = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        SinusNodeSystem system = root.system();
        return switch (job) {
            case risk -> every == null ? once(system) : repeat(system, every);
            case replay -> replay(system);
        };
    }

    private int once(SinusNodeSystem system) {
        system.whileLocked(() -> {
            system.riskJob().run(asOf, options(), root.terminal().out()::println);
        });
        return 0;
    }

    private int repeat(SinusNodeSystem system, Duration pause) {
        if (full || dryRun || asOf != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--every goes with --threads alone: it looks at everybody once a day by itself");
        }
        return system.riskJob().repeat(pause, options());
    }

    /** It needs no lock: two of them answer each question once. */
    private int replay(SinusNodeSystem system) {
        system.replayJob()
                .run(
                        tasks.stream().map(id -> "--task=" + id).toList(),
                        root.terminal().out()::println);
        return 0;
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        if (full) {
            options.add("--full");
        }
        if (dryRun) {
            options.add("--dry-run");
        }
        if (threads != null) {
            options.add("--threads=" + threads);
        }
        return options;
    }
}
