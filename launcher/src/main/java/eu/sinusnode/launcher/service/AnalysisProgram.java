package eu.sinusnode.launcher.service;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A command of the analysis jobs that speaks to the running server, as a child process run to its end.
 *
 * @param command e.g. {@code replay}
 */
public record AnalysisProgram(Installation installation, String command) {

    /**
     * @param options of the command beside server, client and key
     * @param lines told what it says, as it says it
     * @return its last line, which sums up
     * @throws Trouble when it did not end well
     */
    public String run(List<String> options, Consumer<String> lines) {
        List<String> program = new ArrayList<>(AnalysisOptions.jvm("1g"));
        program.addAll(new AnalysisOptions(installation).program(command));
        program.addAll(options);
        ChildCommand.Result result =
                new ChildCommand(program, installation.home().root(), Map.of()).run(lines);
        if (result.exitCode() != 0) {
            throw new Trouble(
                    "The analysis jobs' %s ended with code %d: %s"
                            .formatted(command, result.exitCode(), result.lastLine()),
                    "Mend what it says and run it again; it has left nothing half done.");
        }
        return result.lastLine();
    }
}
