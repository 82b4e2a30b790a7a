package eu.sinusnode.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "index",
        description = "Makes the full-text indexes anew, or compares this node's with the table.",
        mixinStandardHelpOptions = true)
final class IndexCommand implements Callable<Integer> {

    /** What can be done. */
    enum Verb {
        rebuild,
        verify
    }

    @Parameters(paramLabel = "VERB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Verb verb;

    @ParentCommand
    private Commands root;

    /** 0 done, and the index holds; 4 it differs from the table. */
    @Override
    public Integer call() {
        return root.system().index().run(List.of(verb.name()), root.terminal().out()::println);
    }
}
