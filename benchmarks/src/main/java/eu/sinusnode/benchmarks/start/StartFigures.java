package eu.sinusnode.benchmarks.start;

import eu.sinusnode.benchmarks.measure.ProcessCpu;
import eu.sinusnode.benchmarks.measure.ProcessMemory;
import eu.sinusnode.benchmarks.measure.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Starts of one server, a value a start.
 *
 * @param seconds until it was ready
 * @param cpuMillis of its process until then
 * @param megabytes of RAM that it holds after some idle seconds
 */
record StartFigures(List<Double> seconds, List<Double> cpuMillis, List<Double> megabytes) {

    StartFigures() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** @param start returns once the server is ready, the earlier the truer */
    void add(Supplier<ProcessHandle> start, Duration idle) {
        long began = System.nanoTime();
        ProcessHandle process = start.get();
        seconds.add((System.nanoTime() - began) / 1e9);
        cpuMillis.add(ProcessCpu.of(process).toNanos() / 1e6);
        pause(idle);
        megabytes.add(ProcessMemory.of(process));
    }

    double medianSeconds() {
        return Samples.of(seconds).median();
    }

    double medianCpuMillis() {
        return Samples.of(cpuMillis).median();
    }

    double medianMegabytes() {
        return Samples.of(megabytes).median();
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "ready after %s s, CPU-ms until then %s, MB of RAM idle %s",
                Samples.of(seconds).describe(1),
                Samples.of(cpuMillis).describe(0),
                Samples.of(megabytes).describe(0));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The measurement was broken off.");
        }
    }
}
