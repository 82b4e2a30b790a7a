package eu.sinusnode.server.audit.command;

import java.io.PrintStream;

/** A bar and a number, a line each time another twentieth is done: the launcher draws over its own. */
final class ProgressLine {

    private static final int PARTS = 20;
    private final PrintStream out;
    private long shown = -1;

    ProgressLine(PrintStream out) {
        this.out = out;
    }

    void show(long done, long all) {
        long part = all == 0 ? PARTS : done * PARTS / all;
        if (part > shown) {
            shown = part;
            int filled = (int) Math.min(PARTS, part);
            out.println("[" + "#".repeat(filled) + ".".repeat(PARTS - filled) + "] " + done + " of " + all + " events");
        }
    }

    void end() {
        out.flush();
    }
}
