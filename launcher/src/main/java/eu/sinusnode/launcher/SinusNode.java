package eu.sinusnode.launcher;

import eu.sinusnode.launcher.command.Commands;
import eu.sinusnode.launcher.command.Terminal;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.progress.StreamProgress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code ./sinusnode}: one SinusNode on this machine, from nothing to risk flags. Exit codes: 0 done, 1 trouble that the
 * last lines explain, 2 wrong use, 3 ({@code status} only) something does not run.
 */
public final class SinusNode {

    private SinusNode() {}

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale: names and reasons are German as often as not.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exitCode;
        try (StreamProgress progress = new StreamProgress(err, Boolean.getBoolean("sinusnode.terminal"))) {
            Terminal terminal = new Terminal(out, err, progress);
            exitCode = Commands.execute(
                    terminal, () -> Installation.of(System.getProperties(), System.getenv()), arguments);
        }
        System.exit(exitCode);
    }
}
