package eu.sinusnode.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "residency",
        description = "Signs residency/residency.json, which says where data may go, or checks its signature.",
        mixinStandardHelpOptions = true)
final class ResidencyCommand implements Callable<Integer> {

    /** What can be done. */
    enum Verb {
        sign,
        verify
    }

    @Parameters(paramLabel = "VERB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Verb verb;

    @ParentCommand
    private Commands root;

    /** 0 done, and the signature holds; 4 it does not. */
    @Override
    public Integer call() {
        return root.system()
                .residency()
                .run(List.of(verb.name()), root.terminal().out()::println);
    }
}
