package eu.sinusnode.launcher.process;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java child process that goes on when the launcher ends. It is found again by its pid file or, when that was lost to a
 * crash, by the mark on its command line; so nothing of somebody else is ever taken for ours.
 */
public final class Daemon {

    private final String name;
    private final Home home;
    private final PidFile pidFile;
    private final ProcessMark mark;

    /** @param name a word for pid file, log and mark, e.g. {@code server} */
    public Daemon(String name, Home home) {
        this.name = name;
        this.home = home;
        this.pidFile = new PidFile(home.run().resolve(name + ".pid"));
        this.mark = new ProcessMark(name, home);
    }

    /** The running process, if any. */
    public Optional<PidFile.Remembered> running() {
        return pidFile.read().or(() -> mark.find().map(p -> new PidFile.Remembered(p, "unknown")));
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
        command.addAll(mark.options());
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
        running.ifPresent(r -> Ending.of(r.process()));
        pidFile.delete();
        return running.isPresent();
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
