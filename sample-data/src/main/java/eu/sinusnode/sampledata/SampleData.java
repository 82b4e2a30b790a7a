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

/** The command line: {@code SampleData generate --patients 50 --seed 1 --out cohort}. */
@Command(
        name = "SampleData",
        description = "Synthetic cardiac patients as FHIR R4 transaction bundles.",
        mixinStandardHelpOptions = true,
        subcommands = SampleData.Generate.class,
        subcommandsRepeatable = false)
public final class SampleData implements Runnable {

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

        @Option(names = "--out", description = "Directory to write to.", required = true)
        private Path out;

        @Spec
        private CommandSpec command;

        @Override
        public Integer call() throws IOException {
            PrintWriter messages = command.commandLine().getErr();
            CohortSummary summary;
            long started = System.nanoTime();
            summary = new CohortGenerator(spec()).writeTo(out, new ProgressLine(messages));
            double seconds = (System.nanoTime() - started) / 1e9;
            messages.printf(
                    "%,d patients, %,d vital readings (%,d sent twice), %,d recordings in %,d bundles: %.1f s, %,.0f readings/s%n",
                    summary.patients(),
                    summary.vitals(),
                    summary.resent(),
                    summary.recordings(),
                    summary.bundles(),
                    seconds,
                    summary.vitals() / seconds);
            messages.flush();
            return 0;
        }

        private CohortSpec spec() {
            if (end.isAfter(LocalDate.now(Timeline.ZONE))) {
                throw new ParameterException(
                        command.commandLine(),
                        "--end " + end + " lies in the future; a server refuses future readings.");
            }
            try {
                return new CohortSpec(patients, seed, weeks, end);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
        }
    }
}
