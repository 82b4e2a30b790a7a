package eu.sinusnode.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "token",
        description = "Prints an access token (good for five minutes) of a person or client of the demo.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description =
                    "clinician-1 ..., patient-1 ..., auditor, administrator, clinic-system, insurer, insurer-overseas, analysis-job, loader")
    private String name;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        root.terminal().out().println(root.system().callers().token(name));
        return 0;
    }
}
