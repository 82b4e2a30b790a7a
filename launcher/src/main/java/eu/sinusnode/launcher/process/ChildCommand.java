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

    /** What is done with a process that was started. */
    private interface Work<T> {
        T with(Process process) throws IOException, InterruptedException;
    }

    /**
     * Runs it to its end. When the launcher is asked to stop meanwhile, the child is, too.
     *
     * @param lines told each line of its output and errors as it comes
     */
    public Result run(Consumer<String> lines) {
        return start(builder().redirectErrorStream(true), process -> {
            List<String> output = read(process, lines);
            return new Result(process.waitFor(), output);
        });
    }

    /**
     * Runs it to its end as {@link #run} does, with output and errors apart, each on the launcher's own.
     *
     * @return the exit code
     */
    public int show() {
        ProcessBuilder builder = builder()
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        return start(builder, Process::waitFor);
    }

    private ProcessBuilder builder() {
        List<String> full = new ArrayList<>();
        full.add(Daemon.java().toString());
        full.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(full).directory(directory.toFile()).redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static <T> T start(ProcessBuilder builder, Work<T> work) {
        try {
            Process process = builder.start();
            // Waited for: what stands below would otherwise go on while the launcher is said to have ended.
            Thread ending = new Thread(() -> Ending.of(process.toHandle()));
            Runtime.getRuntime().addShutdownHook(ending);
            try {
                return work.with(process);
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
