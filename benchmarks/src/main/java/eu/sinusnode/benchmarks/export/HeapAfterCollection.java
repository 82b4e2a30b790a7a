package eu.sinusnode.benchmarks.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What another virtual machine holds when everything that nobody needs is collected: its garbage says nothing. */
final class HeapAfterCollection {

    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    /** {@code Total 123456 7890123}: instances and bytes, the last line of a histogram. */
    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    private final long process;

    HeapAfterCollection(ProcessHandle process) {
        this.process = process.pid();
    }

    /** Collects, and tells the megabytes that are left, before anything new comes: the histogram is made in the same pause. */
    double megabytes() {
        Matcher total = TOTAL.matcher(ask("GC.class_histogram"));
        if (!total.find()) {
            throw new IllegalStateException("jcmd does not tell the heap of process " + process + ".");
        }
        return Long.parseLong(total.group(1)) / (double) (1 << 20);
    }

    private String ask(String command) {
        try {
            Process jcmd = new ProcessBuilder(JCMD, Long.toString(process), command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd of the JDK is needed to look at the server's heap.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while a heap was looked at.");
        }
    }
}
