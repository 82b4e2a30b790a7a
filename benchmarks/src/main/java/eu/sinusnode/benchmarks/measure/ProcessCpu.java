package eu.sinusnode.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** CPU time that processes have used since they began, user and system together. */
public final class ProcessCpu {

    private ProcessCpu() {}

    public static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * The database server with all its present sessions.
     *
     * @param home state directory of the installation
     */
    public static Duration ofPostgres(Path home) {
        try {
            String first = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                    .get(0);
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(first.strip()))
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL is not running."));
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .map(ProcessCpu::of)
                    .reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
