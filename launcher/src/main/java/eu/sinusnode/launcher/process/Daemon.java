package eu.sinusnode.launcher.process;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Java child process that goes on when the launcher ends. It is found again by its pid file or, when that was lost to a
 * crash, by the mark on its command line; so nothing of somebody else is ever taken for ours.
 */
public final class Daemon {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);

    private final String name;
    private final Home home;
    private final PidFile pidFile;

    /** @param name a word for pid file, log and mark, e.g. {@code server} */
    public Daemon(String name, Home home) {
        this.name = name;
        this.home = home;
        this.pidFile = new PidFile(home.run().resolve(name + ".pid"));
    }

    /** The running process, if any. */
    public Optional<PidFile.Remembered> running() {
        return pidFile.read().or(() -> orphan().map(p -> new PidFile.Remembered(p, "unknown")));
    }

    public LogFile log() {
        return new LogFile(home.logs().resolve(name + ".log"));
    }

    /**
     * Starts the program in a session of its own, its output in a new {@link #log}.
     *
     * @param build which build of the program this is
     * @param jvm options of the virtual machine
     * @param program class path, main class and arguments
     */
    public ProcessHandle start(String build, List<String> jvm, List<String> program, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.add(java().toString());
        command.addAll(marks());
        command.addAll(jvm);
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().path().toFile()));
        builder.environment().putAll(environment);
        try {
            log().turn();
            ProcessHandle process = builder.start().toHandle();
            pidFile.write(process, build);
            return process;
        } catch (IOException e) {
            throw new Trouble(
                    "The process " + name + " could not be started (" + e.getMessage() + ").",
                    "Run the command again with --verbose.",
                    e);
        }
    }

    /** Asks the process to end, and ends it when it does not within 25 s. Returns whether there was one. */
    public boolean stop() {
        Optional<PidFile.Remembered> running = running();
        running.ifPresent(r -> end(r.process()));
        pidFile.delete();
        return running.isPresent();
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!ends(process, STOP_PATIENCE)) {
            process.destroyForcibly();
            ends(process, STOP_PATIENCE);
        }
    }

    private static boolean ends(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<ProcessHandle> orphan() {
        List<String> marks = marks();
        return ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .arguments()
                        .map(a -> Arrays.asList(a).containsAll(marks))
                        .orElse(false))
                .findFirst();
    }

    private List<String> marks() {
        return List.of("-Dsinusnode.part=" + name, "-Dsinusnode.home=" + home.root());
    }

    /** The Java that the launcher itself runs on. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Optional<Path> onPath(String command) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(d -> !d.isBlank())
                .map(d -> Path.of(d, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
