package eu.sinusnode.benchmarks.all;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.benchmarks.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one run of all benchmarks came to: a file of JSON objects, one a line, first the run's {@link Head}, then an
 * {@link Entry} a benchmark.
 */
public record ResultFile(Head head, List<Entry> entries) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param date when it began, UTC, {@code 2026-11-28T14:30:00Z}
     * @param commit of the repository, with a plus behind it when files were changed since; {@code unknown} without Git
     * @param machine processor, cores, memory, Java
     */
    public record Head(String date, String commit, String machine, boolean quick) {}

    /**
     * @param load average of a minute when it began; what is left of earlier benchmarks is in it
     * @param exitCode other than 0 when it failed
     */
    public record Entry(
            String benchmark,
            List<String> arguments,
            double load,
            double seconds,
            int exitCode,
            List<Result> results) {}

    /** Of a folder, the oldest first. */
    public static List<ResultFile> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<ResultFile> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                all.add(read(file));
            }
        }
        all.sort(Comparator.comparing((ResultFile file) -> file.head().date()));
        return all;
    }

    static ResultFile read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty.");
        }
        List<Entry> entries = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            entries.add(JSON.readValue(line, Entry.class));
        }
        return new ResultFile(JSON.readValue(lines.get(0), Head.class), entries);
    }

    /** Begins a file. */
    static void begin(Path file, Head head) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(head) + "\n", StandardOpenOption.CREATE_NEW);
    }

    /** Written at once, so that a run that is broken off keeps what it had. */
    static void append(Path file, Entry entry) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(entry) + "\n", StandardOpenOption.APPEND);
    }
}
