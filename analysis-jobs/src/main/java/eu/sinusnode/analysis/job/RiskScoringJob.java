package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PatientScores;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The risk-scoring run. A range counts as finished when its flags are written: interrupted at any point, the next run
 * goes on after the last finished range, with the same instant, and finds the flags of a range that was cut off.
 */
public final class RiskScoringJob {

    private final ReadingSource readings;
    private final PatientRangeScoring models;
    private final FlagWriter flags;
    private final Checkpoint checkpoint;
    private final LeftOutList leftOut;
    private final RunProgress progress;
    private final RunLog log;

    /**
     * What is to be run.
     *
     * @param fhirBase server, as the checkpoint names it
     * @param rangeSize patients in a range, 1 to 200
     * @param asOf the instant to score at; null: that of the interrupted run if there is one, else {@code now}
     */
    public record Order(
            String fhirBase, int rangeSize, @Nullable Instant asOf, Instant now) {}

    public RiskScoringJob(
            ReadingSource readings,
            PatientRangeScoring models,
            FlagWriter flags,
            Checkpoint checkpoint,
            LeftOutList leftOut,
            RunProgress progress,
            RunLog log) {
        this.readings = readings;
        this.models = models;
        this.flags = flags;
        this.checkpoint = checkpoint;
        this.leftOut = leftOut;
        this.progress = progress;
        this.log = log;
    }

    /**
     * Each call is a run of its own in the log, also one that goes on where another stopped.
     *
     * @throws eu.sinusnode.analysis.retry.TransientFailure when the server stays away; the checkpoint then stays
     */
    public RunCounts run(Order order) throws IOException {
        UUID run = UUID.randomUUID();
        Checkpoint.State state = resumeOrBegin(order);
        log.started(run, state.models(), Instant.parse(state.asOf()));
        RunCounts[] reached = {state.counts()};
        try {
            rangeByRange(order, state, counts -> reached[0] = counts);
        } catch (IOException | RuntimeException failure) {
            tellFailure(run, reached[0], failure);
            throw failure;
        }
        log.ended(run, true, reached[0]);
        return reached[0];
    }

    /** Why the run failed is what its caller is to learn, also when the failure cannot be told. */
    private void tellFailure(UUID run, RunCounts reached, Exception failure) {
        try {
            log.ended(run, false, reached);
        } catch (RuntimeException untold) {
            failure.addSuppressed(untold);
        }
    }

    private void rangeByRange(Order order, Checkpoint.State from, RunProgress reached) throws IOException {
        Checkpoint.State state = from;
        Instant asOf = Instant.parse(state.asOf());
        if (state.last().isEmpty()) {
            leftOut.begin();
        }
        boolean more = true;
        while (more) {
            PatientRange range = readings.read(blankToNull(state.last()), order.rangeSize(), asOf);
            List<PatientFeatures> features = models.features(range.patients(), asOf);
            List<PatientScores> scores = models.score(features);
            FlagChanges changes = flags.write(scores);
            leftOut.add(features);
            state = finish(state, range, features, changes);
            reached.at(state.counts());
            more = range.more();
        }
        checkpoint.clear();
    }

    private Checkpoint.State finish(
            Checkpoint.State before, PatientRange range, List<PatientFeatures> features, FlagChanges changes)
            throws IOException {
        String last = range.last();
        if (range.more() && (last == null || last.equals(before.last()))) {
            throw new IllegalStateException("The server says that more patients follow, but not after whom");
        }
        Checkpoint.State state = new Checkpoint.State(
                before.fhirBase(),
                before.asOf(),
                before.models(),
                last == null ? before.last() : last,
                before.counts().plus(range, features, changes));
        checkpoint.save(state);
        progress.at(state.counts());
        return state;
    }

    private Checkpoint.State resumeOrBegin(Order order) throws IOException {
        List<String> labels =
                models.models().stream().map(model -> model.identity().label()).toList();
        Instant asOf = order.asOf();
        Optional<Checkpoint.State> interrupted = checkpoint
                .load()
                .filter(state -> state.fhirBase().equals(order.fhirBase()))
                .filter(state -> state.models().equals(labels))
                .filter(state -> asOf == null || state.asOf().equals(asOf.toString()));
        Instant fresh = asOf == null ? order.now() : asOf;
        return interrupted.orElseGet(
                () -> new Checkpoint.State(order.fhirBase(), fresh.toString(), labels, "", RunCounts.NONE));
    }

    private static @Nullable String blankToNull(String last) {
        return last.isEmpty() ? null : last;
    }
}
