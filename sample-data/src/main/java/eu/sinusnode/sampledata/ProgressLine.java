package eu.sinusnode.sampledata;

import java.io.PrintWriter;

/** Prints a line of progress once a second at most. */
final class ProgressLine implements Progress {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final PrintWriter out;
    private long last = System.nanoTime();

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(int patients, int of, long vitals) {
        long now = System.nanoTime();
        if (now - last >= INTERVAL_NANOS) {
            last = now;
            out.printf("%,d of %,d patients, %,d vital readings%n", patients, of, vitals);
            out.flush();
        }
    }
}
