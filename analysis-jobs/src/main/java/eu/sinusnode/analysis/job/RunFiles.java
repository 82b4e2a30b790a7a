package eu.sinusnode.analysis.job;

import java.io.IOException;
import java.nio.file.Path;

/** What runs keep between each other, in a directory of their own. */
public record RunFiles(Checkpoint checkpoint, LastRun lastRun, LeftOutList leftOut, RunReports reports) {

    /**
     * Of runs that read everybody when their last look at everybody is a day old.
     *
     * @param directory made when it is not there
     */
    public static RunFiles in(Path directory, RunReports reports) throws IOException {
        return new RunFiles(new Checkpoint(directory), new LastRun(directory), new LeftOutList(directory), reports);
    }

    /** Of runs that read what is new alone, since others look at everybody. */
    public static RunFiles ofNews(Path directory, RunReports reports) throws IOException {
        return new RunFiles(new Checkpoint(directory), LastRun.ofNews(directory), new LeftOutList(directory), reports);
    }

    /** The next run begins with the first patient, and reads everybody. */
    void forget() throws IOException {
        lastRun.forget();
        checkpoint.clear();
    }
}
