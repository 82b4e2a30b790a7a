package eu.sinusnode.keycloak.process;

import eu.sinusnode.keycloak.realm.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Which processes were started and what for, in a file: lines of {@code <pid> <start instant>} after one with the
 * fingerprint. The instant tells a process from a later one that got the same number.
 */
record ProcessRecord(String fingerprint, List<ProcessHandle> processes) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The script and the Java process below it. */
    static ProcessRecord of(String fingerprint, ProcessHandle script) {
        return new ProcessRecord(
                fingerprint,
                Stream.concat(Stream.of(script), script.descendants()).toList());
    }

    /** Empty when there is no file; processes that ended meanwhile are left out. */
    static Optional<ProcessRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        List<ProcessHandle> alive = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] words = line.split(" ", 2);
            if (words.length == 2) {
                ProcessHandle.of(Long.parseLong(words[0]))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> started(process).equals(words[1]))
                        .ifPresent(alive::add);
            }
        }
        return Optional.of(new ProcessRecord(lines.isEmpty() ? "" : lines.get(0), alive));
    }

    void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder(fingerprint).append('\n');
        processes.forEach(process ->
                lines.append(process.pid()).append(' ').append(started(process)).append('\n'));
        PrivateFiles.write(file, lines.toString());
    }

    boolean alive() {
        return processes.stream().anyMatch(ProcessHandle::isAlive);
    }

    /** Asks them and all below them to end, waits, and then ends what is left. */
    void end() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] exits = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            CompletableFuture.allOf(exits)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (ExecutionException e) {
            throw new KeycloakException("Keycloak's end could not be observed.", e);
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
