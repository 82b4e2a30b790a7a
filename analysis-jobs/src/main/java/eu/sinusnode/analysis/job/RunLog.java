package eu.sinusnode.analysis.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom a run tells that it begins and that it is over, so that it can be found later. What is told twice counts once. */
public interface RunLog {

    /**
     * Told before anything is read; a run whose start cannot be told does not begin.
     *
     * @param models as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}
     * @param asOf instant that the run scores at
     * @param since sequence that it reads from; null when it reads everybody
     * @throws RuntimeException when it was not taken
     */
    void started(UUID run, List<String> models, Instant asOf, @Nullable Long since);

    /**
     * @param completed false when the run broke off
     * @param counts until then, those of an earlier run that it went on from too
     * @throws RuntimeException when it was not taken
     */
    void ended(UUID run, boolean completed, RunCounts counts);
}
