package eu.sinusnode.sampledata;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says how far generation is and how long it will take: on a terminal one line that is drawn anew each second, elsewhere a
 * line every ten seconds.
 */
final class ProgressLine implements Progress {

    private static final int BAR = 24;
    private static final long SECOND = 1_000_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long started;
    private long last;

    /** @param nanos the clock, {@link System#nanoTime} */
    ProgressLine(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
        this.last = started;
    }

    @Override
    public void at(int patients, int of, long vitals) {
        long now = nanos.getAsLong();
        boolean finished = patients == of;
        if (finished && terminal) {
            out.print(ERASE_LINE);
            out.flush();
        } else if (!finished && now - last >= (terminal ? SECOND : 10 * SECOND)) {
            last = now;
            String line = line(patients, of, vitals, (now - started) / (double) SECOND);
            out.print(terminal ? ERASE_LINE + line : line + System.lineSeparator());
            out.flush();
        }
    }

    private static String line(int patients, int of, long vitals, double seconds) {
        int filled = (int) ((long) BAR * patients / of);
        return String.format(
                Locale.ROOT,
                "[%s%s] %d %%: %,d of %,d patients, %,d vital readings, %,.0f/s, %.0f s left",
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                100L * patients / of,
                patients,
                of,
                vitals,
                vitals / seconds,
                seconds * (of - patients) / patients);
    }
}
