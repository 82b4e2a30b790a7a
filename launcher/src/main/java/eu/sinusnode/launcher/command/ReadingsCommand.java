package eu.sinusnode.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "readings",
        description =
                "Compares the readings of vital signs with the Observations, or makes anew what differs; the server may run.",
        mixinStandardHelpOptions = true)
final class ReadingsCommand implements Callable<Integer> {

    /** What can be done. */
    enum Verb {
        verify,
        rebuild
    }

    @Parameters(paramLabel = "VERB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Verb verb;

    @ParentCommand
    private Commands root;

    /** 0 done, and the readings hold; 4 they differ from the Observations. */
    @Override
    public Integer call() {
        return root.system()
                .readings()
                .run(List.of(verb.name()), root.terminal().out()::println);
    }
}
