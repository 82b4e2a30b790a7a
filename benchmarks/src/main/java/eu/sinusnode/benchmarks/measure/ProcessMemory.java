package eu.sinusnode.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory that a process holds in RAM (resident set size), of Linux' {@code /proc/[pid]/status}. */
public final class ProcessMemory {

    private static final String LINE = "VmRSS:";

    private ProcessMemory() {}

    /** @return megabytes of 10^6 bytes */
    public static double of(ProcessHandle process) {
        try {
            return of(Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")));
        } catch (IOException e) {
            throw new UncheckedIOException("The memory of process " + process.pid() + " cannot be read.", e);
        }
    }

    static double of(List<String> status) {
        String line = status.stream()
                .filter(each -> each.startsWith(LINE))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The process has ended."));
        String kilobytes = line.substring(LINE.length()).replace("kB", "").strip();
        return Long.parseLong(kilobytes) * 1024 / 1e6;
    }
}
