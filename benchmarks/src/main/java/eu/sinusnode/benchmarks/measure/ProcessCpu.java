package eu.sinusnode.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** CPU time that processes have used since they began, user and system together. */
public final class ProcessCpu {

    /** In which {@code /proc} counts (proc(5)). */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Of {@code /proc/[pid]/stat}, behind the name: user and system time of children that have ended. */
    private static final int ENDED_USER = 13;

    private ProcessCpu() {}

    public static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * The database server with all its sessions and workers, those that have ended among them: an autovacuum worker that
     * ends must not take its time with it.
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
                    .reduce(ofEndedChildren(postmaster), Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration ofEndedChildren(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return TICK.multipliedBy(Long.parseLong(behindName[ENDED_USER]) + Long.parseLong(behindName[ENDED_USER + 1]));
    }
}
