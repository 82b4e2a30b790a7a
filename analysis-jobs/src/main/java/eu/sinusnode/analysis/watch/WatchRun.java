package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.flag.FlagEvents;
import eu.sinusnode.analysis.flag.FlagStore;
import eu.sinusnode.analysis.job.Turn;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskResult;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * Reads a week of everybody who is open to automated analysis, a range of patients at a time.
 *
 * @param turn when a range may be read
 */
public record WatchRun(ReadingSource readings, FlagStore flags, List<RiskModel> models, Turn turn) {

    private static final int PATIENTS = 100;
    private static final Duration WEEK = Duration.ofDays(7);

    /** @throws eu.sinusnode.analysis.retry.TransientFailure when the server stays away; nothing is concluded then */
    public ModelWatch read(Instant end) {
        ModelWatch watch = new ModelWatch(models, end);
        @Nullable String after = null;
        boolean more = true;
        while (more) {
            PatientRange range = next(after, end, watch);
            more = range.more();
            if (more && (range.last() == null || range.last().equals(after))) {
                throw new IllegalStateException("The server says that more patients follow, but not after whom");
            }
            after = range.last();
        }
        return watch;
    }

    private PatientRange next(@Nullable String after, Instant end, ModelWatch watch) {
        AtomicReference<@Nullable PatientRange> read = new AtomicReference<>();
        turn.take(() -> {
            PatientRange range = readings.read(new RangeRequest(after, null, PATIENTS, null, end));
            watched(range, end).forEach(watch::add);
            read.set(range);
        });
        return Objects.requireNonNull(read.get());
    }

    /** Flags of those who may have some are read together; of whom that leaves open, alone. */
    private List<WatchedPatient> watched(PatientRange range, Instant end) {
        List<String> flagged = range.patients().stream()
                .map(PatientReadings::patient)
                .filter(patient -> range.mayHave(patient, Codes.RISK_FLAG))
                .toList();
        Map<String, List<Observation>> found = flags.flagsOfMany(flagged);
        List<WatchedPatient> watched = new ArrayList<>();
        for (PatientReadings patient : range.patients()) {
            String id = patient.patient();
            List<Observation> own = found.get(id);
            if (own == null) {
                own = flagged.contains(id) ? flags.flagsOf(id) : List.of();
            }
            watched.add(watched(patient, own, end));
        }
        return watched;
    }

    private WatchedPatient watched(PatientReadings patient, List<Observation> own, Instant end) {
        PatientFeatures features = PatientFeatures.of(patient, end);
        List<RiskResult> results =
                models.stream().map(model -> model.score(features)).toList();
        List<Task> tasks = FlagEvents.mayBeSignedOff(own) ? flags.signOffTasksOf(patient.patient()) : List.of();
        return new WatchedPatient(features, results, FlagEvents.of(own, tasks, end.minus(WEEK), end));
    }
}
