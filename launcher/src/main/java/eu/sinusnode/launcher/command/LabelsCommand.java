package eu.sinusnode.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "labels",
        description =
                "Looks for records that lack security labels, since they are older than the table of sensitive codes, or gives them; the server may run.",
        mixinStandardHelpOptions = true)
final class LabelsCommand implements Callable<Integer> {

    /** What can be done. */
    enum Verb {
        verify,
        apply
    }

    @Parameters(paramLabel = "VERB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Verb verb;

    @ParentCommand
    private Commands root;

    /** 0 done, and no record lacks a label; 4 records lack some. */
    @Override
    public Integer call() {
        return root.system().labels().run(List.of(verb.name()), root.terminal().out()::println);
    }
}
