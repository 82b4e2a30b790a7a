package eu.sinusnode.analysis;

import eu.sinusnode.analysis.cli.ModelCommand;
import eu.sinusnode.analysis.cli.RiskCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The analysis jobs' command line. */
@Command(
        name = "analysis-jobs",
        description = "Batch jobs of SinusNode.",
        mixinStandardHelpOptions = true,
        subcommands = {RiskCommand.class, ModelCommand.class})
public final class AnalysisJobs {

    private AnalysisJobs() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AnalysisJobs()).execute(arguments));
    }
}
