package eu.sinusnode.benchmarks.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What a figure was taken on; without it a figure says nothing. */
public final class Machine {

    private Machine() {}

    /** One line: processor, cores, memory, Java, and how busy the machine is now. */
    public static String describe() {
        return String.format(Locale.ROOT, "%s, load %.1f", hardware(), load());
    }

    /** Processor, cores, memory and Java. */
    public static String hardware() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s memory, Java %s",
                first("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                first("/proc/meminfo", "MemTotal"),
                Runtime.version());
    }

    /** How many processes wanted to run on average during the last minute. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String first(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
