package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PatientScores;
import eu.sinusnode.analysis.work.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The risk-scoring run: slices of patients side by side, each range by range. A range counts as finished when its flags
 * are written: interrupted at any point, the next run goes on with what is not finished, at the same instant, and finds
 * the flags of a range that was cut off. In memory is one range a thread.
 */
public final class RiskScoringJob {

    private final ReadingSource readings;
    private final PatientRangeScoring models;
    private final FlagWriter flags;
    private final Workers workers;
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
            Workers workers,
            Checkpoint checkpoint,
            LeftOutList leftOut,
            RunProgress progress,
            RunLog log) {
        this.readings = readings;
        this.models = models;
        this.flags = flags;
        this.workers = workers;
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
        FinishedRanges finished = new FinishedRanges(resumeOrBegin(order), checkpoint, leftOut, progress);
        log.started(
                run, finished.state().models(), Instant.parse(finished.state().asOf()));
        try {
            rangeByRange(order, finished);
        } catch (IOException | RuntimeException failure) {
            tellFailure(run, finished.state().counts(), failure);
            throw failure;
        }
        log.ended(run, true, finished.state().counts());
        return finished.state().counts();
    }

    /** Why the run failed is what its caller is to learn, also when the failure cannot be told. */
    private void tellFailure(UUID run, RunCounts reached, Exception failure) {
        try {
            log.ended(run, false, reached);
        } catch (RuntimeException untold) {
            failure.addSuppressed(untold);
        }
    }

    private void rangeByRange(Order order, FinishedRanges finished) throws IOException {
        if (finished.state().counts().equals(RunCounts.NONE)) {
            leftOut.begin();
        }
        AtomicBoolean broken = new AtomicBoolean();
        try {
            workers.forEach(PatientSlice.all(), slice -> walk(slice, order, finished, broken));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        checkpoint.clear();
    }

    /** What one slice fails with ends the others behind the range that they are at. */
    private void walk(PatientSlice slice, Order order, FinishedRanges finished, AtomicBoolean broken) {
        try {
            while (!finished.of(slice).whole() && !broken.get()) {
                next(slice, order, finished);
            }
        } catch (RuntimeException | Error failure) {
            broken.set(true);
            throw failure;
        }
    }

    private void next(PatientSlice slice, Order order, FinishedRanges finished) {
        Instant asOf = Instant.parse(finished.state().asOf());
        String last = finished.of(slice).last();
        PatientRange range = readings.read(
                new RangeRequest(last.isEmpty() ? slice.after() : last, slice.through(), order.rangeSize(), asOf));
        List<PatientFeatures> features = models.features(range.patients(), asOf);
        List<PatientScores> scores = models.score(features);
        FlagChanges changes = flags.write(scores);
        finished.finish(slice, range, features, changes);
    }

    private Checkpoint.State resumeOrBegin(Order order) throws IOException {
        List<String> labels =
                models.models().stream().map(model -> model.identity().label()).toList();
        Instant asOf = order.asOf();
        Optional<Checkpoint.State> interrupted = checkpoint
                .load()
                .filter(state -> state.fhirBase().equals(order.fhirBase()))
                .filter(state -> state.models().equals(labels))
                .filter(state -> state.slices().size() == PatientSlice.COUNT)
                .filter(state -> asOf == null || state.asOf().equals(asOf.toString()));
        Instant fresh = asOf == null ? order.now() : asOf;
        return interrupted.orElseGet(
                () -> Checkpoint.State.begin(order.fhirBase(), fresh.toString(), labels, PatientSlice.COUNT));
    }
}
