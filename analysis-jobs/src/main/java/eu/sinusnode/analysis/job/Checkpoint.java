package eu.sinusnode.analysis.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import eu.sinusnode.analysis.reading.PatientSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an unfinished run has finished, in a file that goes when the run ends. */
public final class Checkpoint {

    private final StateFile<State> file;

    /**
     * How far a run has come.
     *
     * @param run its id, a UUID, which it keeps when it goes on after it broke off
     * @param begun instant of its beginning, ISO 8601
     * @param fhirBase server that it runs against
     * @param asOf the run's instant, ISO 8601; when it was not stated, that of its beginning
     * @param stated whether that instant was asked for: then every range is scored as of it, else as of its own time
     * @param models what it scores with, as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}
     * @param since the sequence that it reads from; null when it reads everybody
     * @param sequence the least that an answer gave; null before the first
     * @param slices of each {@link PatientSlice}, in their order
     * @param people ids of the first {@link RunSummary#ENOUGH} whom it finished
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record State(
            String run,
            String begun,
            String fhirBase,
            String asOf,
            boolean stated,
            List<String> models,
            @Nullable Long since,
            @Nullable Long sequence,
            List<Reached> slices,
            RunCounts counts,
            List<String> people) {

        static State begin(
                Instant now,
                String fhirBase,
                String asOf,
                boolean stated,
                List<String> models,
                @Nullable Long since,
                int slices) {
            return new State(
                    UUID.randomUUID().toString(),
                    now.toString(),
                    fhirBase,
                    asOf,
                    stated,
                    models,
                    since,
                    null,
                    Stream.generate(() -> Reached.NOTHING).limit(slices).toList(),
                    RunCounts.NONE,
                    List.of());
        }

        /** About what share of the patients is behind it, 0 to 1: how many there are is known when the run is over. */
        public double share() {
            return PatientSlice.all().stream()
                    .mapToDouble(slice -> slices.get(slice.number()).shareOf(slice))
                    .average()
                    .orElse(0);
        }
    }

    /**
     * How far a slice has come.
     *
     * @param last id of the last patient of the last finished range; empty before the first
     * @param whole whether nobody follows
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Reached(String last, boolean whole) {

        static final Reached NOTHING = new Reached("", false);

        double shareOf(PatientSlice slice) {
            return whole ? 1 : slice.shareThrough(last);
        }
    }

    /** @param directory of the state; made when it is not there */
    public Checkpoint(Path directory) throws IOException {
        this.file = new StateFile<>(directory, "risk-checkpoint.json", State.class);
    }

    /** What an unfinished run left; empty when there is none or its file cannot be read. */
    public Optional<State> load() throws IOException {
        return file.load();
    }

    public void save(State state) throws IOException {
        file.save(state);
    }

    public void clear() throws IOException {
        file.clear();
    }
}
