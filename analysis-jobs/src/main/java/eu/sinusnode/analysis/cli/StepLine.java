package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.training.evaluation.Progress;
import java.io.PrintStream;

/** The step that is at work, written over on a terminal; elsewhere a line for each step and each tenth of it. */
final class StepLine implements Progress {

    private final PrintStream out;
    private final boolean terminal;
    private String last = "";

    StepLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void at(String work, int done, int of) {
        int share = of == 0 ? 0 : 100 * done / of;
        String line = of == 0 ? work + " ..." : "%s ... %d %%".formatted(work, terminal ? share : share / 10 * 10);
        if (!line.equals(last)) {
            // Erases to the end of the line, in case the last one was longer.
            out.print(terminal ? "\r" + line + "\u001b[K" : line + "\n");
            out.flush();
            last = line;
        }
    }

    void end() {
        if (terminal) {
            out.println();
        }
    }
}
