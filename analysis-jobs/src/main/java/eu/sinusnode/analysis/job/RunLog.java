package eu.sinusnode.analysis.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Whom a run tells that it begins and that it is over, so that it can be found later. What is told twice counts once. */
public interface RunLog {

    /**
     * Told before anything is read; a run whose start cannot be told does not begin.
     *
     * @param models as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}
     * @param asOf instant that the run scores at
     * @throws RuntimeException when it was not taken
     */
    void started(UUID run, List<String> models, Instant asOf);

    /**
     * @param completed false when the run broke off
     * @param counts until then, those of an earlier run that it went on from too
     * @throws RuntimeException when it was not taken
     */
    void ended(UUID run, boolean completed, RunCounts counts);
}
