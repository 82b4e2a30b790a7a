package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code model} command of the analysis jobs as a child process: Weka is GPL and stays in a process of its own. */
public record ModelProgram(Installation installation) {

    private static final String MAIN = "eu.sinusnode.analysis.AnalysisJobs";

    /**
     * Files in the arguments are meant from where the user stands, so the child stands there too.
     *
     * @return the program's exit code
     */
    public int run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                "-Dsinusnode.terminal=" + Boolean.getBoolean("sinusnode.terminal"),
                "-cp",
                installation.programs().classPath("analysis-jobs"),
                MAIN,
                "model"));
        command.addAll(arguments);
        return new ChildCommand(command, Path.of("").toAbsolutePath(), Map.of()).show();
    }
}
