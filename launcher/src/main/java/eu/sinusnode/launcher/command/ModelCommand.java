package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
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
                "Trains, evaluates and describes the models: list, card, train, evaluate, which need nothing that runs; and watch,"
                        + " which looks at what the models of the running system were fed and said in a week.")
final class ModelCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @ParentCommand
    private Commands root;

    /** The exit code of the analysis jobs' own command, which also speaks for itself. */
    @Override
    public Integer call() {
        if (!arguments.isEmpty() && arguments.get(0).equals("watch")) {
            return watch(arguments.subList(1, arguments.size()));
        }
        return new ModelProgram(root.installed()).run(arguments);
    }

    /** A model in the shadow is no failure: the last line names it. */
    private int watch(List<String> options) {
        SinusNodeSystem system = root.system();
        List<String> all = new ArrayList<>(options);
        all.add("--state=" + root.installed().home().job());
        system.whileLocked(() -> {
            system.modelWatch().run(all, root.terminal().out()::println);
        });
        return 0;
    }
}
