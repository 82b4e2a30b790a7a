package eu.sinusnode.analysis.job;

import java.io.IOException;
import java.time.Instant;

/** Keeps what runs came to for people who read of them later. What is noted twice counts once. */
public interface RunReports {

    /** Of runs that nobody is told of, since they wrote nothing. */
    RunReports NONE = new RunReports() {
        @Override
        public void completed(Checkpoint.State whole, Instant now) {}

        @Override
        public void brokeOff(Checkpoint.State reached, Instant now) {}
    };

    /** Noted before the checkpoint goes: a run that dies in between is concluded again, and found to be noted. */
    void completed(Checkpoint.State whole, Instant now) throws IOException;

    void brokeOff(Checkpoint.State reached, Instant now) throws IOException;
}
