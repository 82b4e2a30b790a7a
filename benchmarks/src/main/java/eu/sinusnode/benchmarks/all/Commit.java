package eu.sinusnode.benchmarks.all;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which state of the repository is measured. */
final class Commit {

    private Commit() {}

    /** Twelve digits of the commit, with a plus when files were changed since; {@code unknown} without Git. */
    static String of(Path repository) {
        try {
            String commit = git(repository, "rev-parse", "--short=12", "HEAD");
            return git(repository, "status", "--porcelain", "--untracked-files=no")
                            .isEmpty()
                    ? commit
                    : commit + "+";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static String git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("git failed");
        }
        return said;
    }
}
