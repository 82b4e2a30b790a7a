package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.job.Checkpoint;
import eu.sinusnode.analysis.job.RunCounts;
import eu.sinusnode.analysis.job.RunProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * One line that is written over as the run goes on; on anything but a terminal a new line each time. How many patients
 * there are is not known before the end; the share is told by their ids, which are random.
 */
final class ProgressLine implements RunProgress {

    private final PrintStream out;
    private final boolean terminal;
    private final Instant start = Instant.now();

    ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void at(Checkpoint.State reached) {
        RunCounts counts = reached.counts();
        long seconds = Duration.between(start, Instant.now()).toSeconds();
        String line =
                "risk: about %d %%, %,d patients, %,d readings, %,d recordings; flags: %d raised, %d changed, %d unchanged; %d s"
                        .formatted(
                                Math.round(100 * reached.share()),
                                counts.patients(),
                                counts.readings(),
                                counts.series(),
                                counts.flags().raised(),
                                counts.flags().changed(),
                                counts.flags().unchanged(),
                                seconds);
        out.print(terminal ? "\r" + line : line + "\n");
        out.flush();
    }

    void end() {
        if (terminal) {
            out.println();
        }
    }
}
