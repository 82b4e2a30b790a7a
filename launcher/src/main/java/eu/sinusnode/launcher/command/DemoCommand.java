package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.Demo;
import eu.sinusnode.sampledata.CohortSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "demo",
        description =
                "Starts everything, loads a synthetic cohort, runs the risk job and shows what came of it. Leaves it running. The last line is one JSON object.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--patients",
            description = "At least so many synthetic patients (1 to 120000).",
            defaultValue = "50")
    private int patients;

    @Option(names = "--seed", description = "Seed of the cohort.", defaultValue = "1")
    private long seed;

    @Option(names = "--weeks", description = "Weeks of vital readings.", defaultValue = "8")
    private int weeks;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        Terminal terminal = root.terminal();
        CohortSpec cohort = Cohorts.spec(patients, seed, weeks);
        Demo demo = new Demo(root.system(), terminal.progress());
        terminal.out().println(demo.run(cohort, terminal.out()::println).json());
        return 0;
    }
}
