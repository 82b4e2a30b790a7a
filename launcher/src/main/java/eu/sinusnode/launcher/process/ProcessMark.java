package eu.sinusnode.launcher.process;

import eu.sinusnode.launcher.home.Home;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the command lines of our own processes carry, so that one is found again when every file about it is lost, and
 * nothing of another home or of somebody else is ever taken for it.
 *
 * @param part a word for the program, e.g. {@code server}
 */
public record ProcessMark(String part, Home home) {

    /** Options of the Java virtual machine that do nothing but mark it. */
    public List<String> options() {
        return List.of("-Dsinusnode.part=" + part, "-Dsinusnode.home=" + home.root());
    }

    /** A running process of this user that carries the mark. */
    public Optional<ProcessHandle> find() {
        List<String> options = options();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).containsAll(options))
                        .orElse(false))
                .findFirst();
    }
}
