package eu.sinusnode.benchmarks;

import eu.sinusnode.benchmarks.access.AccessCommand;
import eu.sinusnode.benchmarks.access.ConsentCommand;
import eu.sinusnode.benchmarks.all.AllCommand;
import eu.sinusnode.benchmarks.export.ExportBenchCommand;
import eu.sinusnode.benchmarks.growth.GrowthCommand;
import eu.sinusnode.benchmarks.ingest.ImportBenchCommand;
import eu.sinusnode.benchmarks.ingest.IngestCommand;
import eu.sinusnode.benchmarks.measurements.LastNCommand;
import eu.sinusnode.benchmarks.page.PageCommand;
import eu.sinusnode.benchmarks.population.PopulationCommand;
import eu.sinusnode.benchmarks.read.ReadCommand;
import eu.sinusnode.benchmarks.reminders.ReminderBenchCommand;
import eu.sinusnode.benchmarks.risk.RiskBenchCommand;
import eu.sinusnode.benchmarks.search.SearchBenchCommand;
import eu.sinusnode.benchmarks.start.StartCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./sinusnode bench NAME}: one measurement a name. The last line that each prints is one JSON object. */
@Command(
        name = "./sinusnode bench",
        description = "Measures SinusNode on this machine, in a state directory and on ports of its own.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AccessCommand.class,
            AllCommand.class,
            ConsentCommand.class,
            ExportBenchCommand.class,
            GrowthCommand.class,
            ImportBenchCommand.class,
            IngestCommand.class,
            LastNCommand.class,
            PageCommand.class,
            PopulationCommand.class,
            ReadCommand.class,
            ReminderBenchCommand.class,
            RiskBenchCommand.class,
            SearchBenchCommand.class,
            StartCommand.class
        })
public final class Benchmarks {

    /** Without a name it prints what names there are. */
    public Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }
}
