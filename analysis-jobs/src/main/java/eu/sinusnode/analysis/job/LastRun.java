package eu.sinusnode.analysis.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the last run that was written whole leaves to the next one, in a file: from where it may read what has changed.
 *
 * <p>A result also changes when nothing is measured: days leave their window, the newest value grows old, a permit begins,
 * a diagnosis is recorded. Every rule looks at whole days; so everybody is computed again when the last look at everybody
 * is a day old, and no result is older than that and the pause between two runs.
 */
public final class LastRun {

    /** How old a look at everybody may be. */
    public static final Duration FRESH = Duration.ofDays(1);

    private final StateFile<State> file;
    private final boolean growsOld;

    /**
     * @param fhirBase server that it ran against
     * @param models what it scored with, as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}
     * @param sequence to read from
     * @param asOf the run's instant, ISO 8601
     * @param stated whether that instant was asked for, and not the present one
     * @param everybody instant of the last run that read everybody
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record State(
            String fhirBase, List<String> models, long sequence, String asOf, boolean stated, String everybody) {

        boolean suffices(String base, List<String> labels, @Nullable Instant asked, Instant now) {
            if (!fhirBase.equals(base) || !models.equals(labels)) {
                return false;
            }
            // Of another instant, what was left out as too late or counted as fresh would be judged in another way.
            return asked == null ? !stated && !now.isBefore(Instant.parse(asOf)) : asked.equals(Instant.parse(asOf));
        }

        boolean isFresh(Instant now) {
            return now.isBefore(Instant.parse(everybody).plus(FRESH));
        }
    }

    /** @param directory of the state; made when it is not there */
    public LastRun(Path directory) throws IOException {
        this(directory, true);
    }

    private LastRun(Path directory, boolean growsOld) throws IOException {
        this.file = new StateFile<>(directory, "risk-last-run.json", State.class);
        this.growsOld = growsOld;
    }

    /** Of runs that read what is new alone: it never grows old, since others look at everybody. */
    static LastRun ofNews(Path directory) throws IOException {
        return new LastRun(directory, false);
    }

    Optional<State> load() throws IOException {
        return file.load();
    }

    /** The sequence to read from; empty when everybody has to be read. */
    Optional<Long> since(String fhirBase, List<String> models, @Nullable Instant asked, Instant now)
            throws IOException {
        return load().filter(state -> state.suffices(fhirBase, models, asked, now))
                .filter(state -> !growsOld || asked != null || state.isFresh(now))
                .map(State::sequence);
    }

    /** What changes from this sequence on is read by the next run. */
    void begin(String fhirBase, List<String> models, long sequence, Instant now) throws IOException {
        file.save(new State(fhirBase, models, sequence, now.toString(), false, now.toString()));
    }

    /** @param run that was written whole */
    void keep(Checkpoint.State run) throws IOException {
        Long sequence = run.sequence();
        if (sequence == null) {
            throw new IllegalStateException("A run that is whole has read something");
        }
        String everybody =
                run.since() == null ? run.asOf() : load().map(State::everybody).orElse(run.asOf());
        file.save(new State(run.fhirBase(), run.models(), sequence, run.asOf(), run.stated(), everybody));
    }

    /** The next run reads everybody. */
    void forget() throws IOException {
        file.clear();
    }
}
