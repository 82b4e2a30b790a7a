package eu.sinusnode.benchmarks.access;

import eu.sinusnode.benchmarks.compare.ComparingCommand;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.measure.Result;
import java.util.List;
import picocli.CommandLine.Command;

/** What consent costs on searches of one patient. */
@Command(
        name = "consent",
        description =
                "Searches of one patient's record by a clinic, which needs the patient's consent, against the same searches by the patient, who needs none; same server, same answers.",
        mixinStandardHelpOptions = true)
public final class ConsentCommand extends ComparingCommand {

    public ConsentCommand() {
        super(AccessCost.CALLER);
    }

    @Override
    protected List<Result> run(Servers servers, Comparison comparison) {
        return new ConsentCost(servers).run(comparison);
    }
}
