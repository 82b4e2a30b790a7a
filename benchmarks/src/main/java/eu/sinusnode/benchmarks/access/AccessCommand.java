package eu.sinusnode.benchmarks.access;

import eu.sinusnode.benchmarks.compare.ComparingCommand;
import eu.sinusnode.benchmarks.compare.Comparison;
import eu.sinusnode.benchmarks.compare.Servers;
import eu.sinusnode.benchmarks.measure.Result;
import java.util.List;
import picocli.CommandLine.Command;

/** What access control costs on reads. */
@Command(
        name = "access",
        description =
                "Reads a second with tokens, scopes, consent, narrowing, gate and audit on, against the same storage with nothing before it.",
        mixinStandardHelpOptions = true)
public final class AccessCommand extends ComparingCommand {

    public AccessCommand() {
        super(AccessCost.CALLER);
    }

    @Override
    protected List<Result> run(Servers servers, Comparison comparison) {
        return new AccessCost(servers).run(comparison);
    }
}
