package eu.sinusnode.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "rights",
        description = "After a backup was restored: erases, restricts and closes again what was since it was taken.",
        mixinStandardHelpOptions = true)
final class RightsCommand implements Callable<Integer> {

    /** What can be done. */
    enum Verb {
        reapply
    }

    @Parameters(paramLabel = "VERB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Verb verb;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        return root.system().rights().run(List.of(verb.name()), root.terminal().out()::println);
    }
}
