package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.signal.Timeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code ./sinusnode sample-data generate --patients 50 --seed 1 --out cohort}. */
@Command(
        name = "sample-data",
        description = "Synthetic cardiac patients as FHIR R4 transaction bundles.",
        mixinStandardHelpOptions = true,
        subcommands = SampleData.Generate.class,
        subcommandsRepeatable = false)
public final class SampleData implements Runnable {

    /** Set by {@code ./sinusnode} when its messages go to a terminal. */
    private static final String TERMINAL = "sinusnode.terminal";

    private static final int MOST_THREADS = 64;

    @Spec
    private CommandSpec command;

    private SampleData() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SampleData());
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Name a command: generate.");
    }

    /** Writes a cohort. */
    @Command(
            name = "generate",
            description = "Writes a cohort; the same options give the same bytes.",
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class Generate implements Callable<Integer> {

        @Option(names = "--patients", description = "1 to 120000.", defaultValue = "50")
        private int patients;

        @Option(names = "--seed", description = "Any whole number.", defaultValue = "1")
        private long seed;

        @Option(names = "--weeks", description = "Weeks of vital readings.", defaultValue = "8")
        private int weeks;

        @Option(names = "--end", description = "The data end before this day begins.", defaultValue = "2026-11-01")
        private LocalDate end;

        @Option(
                names = "--devices",
                description = "Whose readings: ${COMPLETION-CANDIDATES}. ALL adds oximeters, bands and chest straps.",
                defaultValue = "ALL")
        private Devices devices;

        @Option(
                names = "--threads",
                description = "1 to 64; all processors when not given. They change nothing in what is written.")
        private int threads;

        @Option(names = "--out", description = "Directory to write to.", required = true)
        private Path out;

        @Spec
        private CommandSpec command;

        @Override
        public Integer call() {
            PrintWriter messages = command.commandLine().getErr();
            CohortSpec spec = spec();
            ProgressLine progress = new ProgressLine(messages, Boolean.getBoolean(TERMINAL), System::nanoTime);
            long started = System.nanoTime();
            try {
                CohortSummary summary = new CohortGenerator(spec, threads()).writeTo(out, progress);
                messages.print(SummaryText.of(summary, (System.nanoTime() - started) / 1e9));
                return CommandLine.ExitCode.OK;
            } catch (IOException e) {
                messages.println("The cohort could not be written to " + out + " (" + e + ").");
                messages.println("  Make room or choose another directory with --out, then run the command again.");
                return CommandLine.ExitCode.SOFTWARE;
            } finally {
                messages.flush();
            }
        }

        private int threads() {
            if (command.commandLine().getParseResult().hasMatchedOption("--threads")) {
                if (threads < 1 || threads > MOST_THREADS) {
                    throw new ParameterException(
                            command.commandLine(), "--threads must be 1 to " + MOST_THREADS + ", not " + threads);
                }
                return threads;
            }
            return Runtime.getRuntime().availableProcessors();
        }

        private CohortSpec spec() {
            if (end.isAfter(LocalDate.now(Timeline.ZONE))) {
                throw new ParameterException(
                        command.commandLine(),
                        "--end " + end + " lies in the future; a server refuses future readings.");
            }
            try {
                return new CohortSpec(patients, seed, weeks, end, devices);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
        }
    }
}
