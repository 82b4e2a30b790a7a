package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.http.RequestRefused;
import eu.sinusnode.analysis.job.RunStopped;
import eu.sinusnode.analysis.model.ModelRefused;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.work.StopSignal;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at something that is tried again later: what it fails with is told in a line and never passed on.
 *
 * @param name of what is tried, as the line begins
 */
record Attempt(String name, StopSignal stop) {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final List<Class<? extends Exception>> FORESEEN = List.of(
            TransientFailure.class,
            RequestRefused.class,
            UnknownSequence.class,
            ModelRefused.class,
            RunStopped.class,
            IllegalArgumentException.class,
            IOException.class);

    /** What is tried. */
    @FunctionalInterface
    interface Work {

        /** @return whether all of it was done */
        boolean run() throws IOException;
    }

    /** @return whether all of it was done */
    boolean at(Work work) {
        try {
            return work.run();
        } catch (IOException | RuntimeException failure) {
            boolean foreseen = FORESEEN.stream().anyMatch(type -> type.isInstance(failure)) || stop.isAsked();
            System.err.println(name + ": " + (foreseen ? failure.getMessage() : failure)
                    + "; the next one goes on with what is left");
            if (!foreseen) {
                LOG.error("Failed: {}", name, failure);
            }
            return false;
        }
    }
}
