package eu.sinusnode.launcher.process;

import eu.sinusnode.launcher.Trouble;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A Java program that the launcher waits for.
 *
 * @param command options, class path, main class and arguments, as they follow {@code java}
 * @param directory where it runs
 * @param environment on top of the launcher's own
 */
public record ChildCommand(List<String> command, Path directory, Map<String, String> environment) {

    /** @param output everything it said, one string a line */
    public record Result(int exitCode, List<String> output) {

        /** The last line that says something, or the empty string. */
        public String lastLine() {
            for (int i = output.size() - 1; i >= 0; i--) {
                if (!output.get(i).isBlank()) {
                    return output.get(i);
                }
            }
            return "";
        }
    }

    /**
     * Runs it to its end. When the launcher is asked to stop meanwhile, the child is, too.
     *
     * @param lines told each line of its output and errors as it comes
     */
    public Result run(Consumer<String> lines) {
        List<String> full = new ArrayList<>();
        full.add(Daemon.java().toString());
        full.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(full)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Thread ending = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(ending);
            try {
                List<String> output = read(process, lines);
                return new Result(process.waitFor(), output);
            } finally {
                process.destroy();
                forget(ending);
            }
        } catch (IOException e) {
            throw new Trouble("A program could not be run (" + e.getMessage() + ").", "Try again with --verbose.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("The wait for a program was interrupted.", "Run the command again.", e);
        }
    }

    private static List<String> read(Process process, Consumer<String> lines) throws IOException {
        List<String> output = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                lines.accept(line);
            }
        }
        return output;
    }

    private static void forget(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // The launcher is already on its way out; the hook has seen to the child.
            Thread.yield();
        }
    }
}
