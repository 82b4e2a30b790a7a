package eu.sinusnode.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "database",
        description =
                "Writes the embedded PostgreSQL's files anew, without what was deleted; tables are locked meanwhile.",
        mixinStandardHelpOptions = true)
final class DatabaseCommand implements Callable<Integer> {

    /** What can be done. */
    enum Verb {
        compact
    }

    @Parameters(paramLabel = "VERB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Verb verb;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        return root.system()
                .postgres()
                .run(List.of(verb.name()), root.terminal().out()::println);
    }
}
