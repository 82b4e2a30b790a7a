package eu.sinusnode.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "code",
        description =
                "Prints the six digits that a person of the demo types in as the second factor, good for a minute.",
        mixinStandardHelpOptions = true)
final class CodeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "clinician-1 ..., auditor, administrator")
    private String name;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        root.terminal().out().println(root.system().callers().code(name));
        return 0;
    }
}
