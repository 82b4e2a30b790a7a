package eu.sinusnode.analysis;

import eu.sinusnode.analysis.cli.ModelCommand;
import eu.sinusnode.analysis.cli.ReplayCommand;
import eu.sinusnode.analysis.cli.RiskCommand;
import eu.sinusnode.analysis.cli.ScheduleCommand;
import eu.sinusnode.analysis.cli.WatchCommand;
import eu.sinusnode.analysis.model.ModelRefused;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The analysis jobs' command line. */
@Command(
        name = "analysis-jobs",
        description = "Batch jobs of SinusNode.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RiskCommand.class,
            ScheduleCommand.class,
            ReplayCommand.class,
            WatchCommand.class,
            ModelCommand.class
        })
public final class AnalysisJobs {

    private AnalysisJobs() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** @return 0 done, 1 trouble that the last line of the error stream explains, 2 wrong use */
    public static int run(String... arguments) {
        return new CommandLine(new AnalysisJobs())
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    boolean explained = exception instanceof IllegalArgumentException
                            || exception instanceof ModelRefused
                            || exception instanceof IOException;
                    if (!explained) {
                        throw exception;
                    }
                    System.err.println(command.getCommandName() + ": " + exception.getMessage());
                    return 1;
                })
                .execute(arguments);
    }
}
