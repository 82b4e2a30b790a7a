package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.service.ModelProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

@Command(
        name = "model",
        description =
                "Trains, evaluates and describes the models: list, card, train, evaluate. Needs nothing that runs.")
final class ModelCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @ParentCommand
    private Commands root;

    /** The exit code of the analysis jobs' own command, which also speaks for itself. */
    @Override
    public Integer call() {
        return new ModelProgram(root.installed()).run(arguments);
    }
}
