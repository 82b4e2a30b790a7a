package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.ScoreSink;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PatientScores;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The risk-scoring run: slices of patients side by side, each range by range. A range counts as finished when its flags
 * are written: interrupted at any point, the next run goes on with what is not finished, at the same instant, and finds
 * the flags of a range that was cut off. In memory is one range a thread.
 */
public final class RiskScoringJob {

    private final ReadingSource readings;
    private final PatientRangeScoring models;
    private final ScoreSink flags;
    private final Workers workers;
    private final StopSignal stop;
    private final Checkpoint checkpoint;
    private final LastRun lastRun;
    private final LeftOutList leftOut;
    private final RunProgress progress;
    private final RunLog log;

    /**
     * What is to be run.
     *
     * @param fhirBase server, as the checkpoint names it
     * @param rangeSize patients in a range, 1 to 200
     * @param asOf the instant to score at; null: that of the interrupted run if there is one, else {@code now}
     * @param full whether everybody is read; else only those of whom something has changed, as far as {@link LastRun}
     *     says that this is enough
     */
    public record Order(
            String fhirBase, int rangeSize, @Nullable Instant asOf, Instant now, boolean full) {}

    public RiskScoringJob(
            ReadingSource readings,
            PatientRangeScoring models,
            ScoreSink flags,
            Workers workers,
            StopSignal stop,
            Checkpoint checkpoint,
            LastRun lastRun,
            LeftOutList leftOut,
            RunProgress progress,
            RunLog log) {
        this.readings = readings;
        this.models = models;
        this.flags = flags;
        this.workers = workers;
        this.stop = stop;
        this.checkpoint = checkpoint;
        this.lastRun = lastRun;
        this.leftOut = leftOut;
        this.progress = progress;
        this.log = log;
    }

    /**
     * Each call is a run of its own in the log, also one that goes on where another stopped.
     *
     * @throws eu.sinusnode.analysis.retry.TransientFailure when the server stays away; the checkpoint then stays
     * @throws RunStopped when it was asked to stop, behind the ranges that were at work; the checkpoint then stays
     */
    public RunResult run(Order order) throws IOException {
        UUID run = UUID.randomUUID();
        FinishedRanges finished = new FinishedRanges(resumeOrBegin(order), checkpoint, leftOut, progress);
        Checkpoint.State begun = finished.state();
        log.started(run, begun.models(), Instant.parse(begun.asOf()), begun.since());
        try {
            rangeByRange(order, finished);
            if (!finished.isWhole()) {
                throw new RunStopped();
            }
            conclude(order, finished.state());
        } catch (IOException | RuntimeException failure) {
            tellFailure(run, finished.state().counts(), failure);
            throw failure;
        }
        log.ended(run, true, finished.state().counts());
        return new RunResult(begun.since() == null, finished.state().counts());
    }

    /** Patients whose flags were refused are read again: the next run reads from where this one did. */
    private void conclude(Order order, Checkpoint.State whole) throws IOException {
        if (whole.counts().flags().failed() == 0) {
            lastRun.keep(whole, order.asOf() != null);
        }
        checkpoint.clear();
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
        } catch (UnknownSequence restored) {
            lastRun.forget();
            checkpoint.clear();
            throw restored;
        }
    }

    /** What one slice fails with ends the others behind the range that they are at. */
    private void walk(PatientSlice slice, Order order, FinishedRanges finished, AtomicBoolean broken) {
        try {
            while (!finished.of(slice).whole() && !broken.get() && !stop.isAsked()) {
                next(slice, order, finished);
            }
        } catch (RuntimeException | Error failure) {
            broken.set(true);
            throw failure;
        }
    }

    private void next(PatientSlice slice, Order order, FinishedRanges finished) {
        Checkpoint.State state = finished.state();
        Instant asOf = Instant.parse(state.asOf());
        String last = finished.of(slice).last();
        PatientRange range = readings.read(new RangeRequest(
                last.isEmpty() ? slice.after() : last, slice.through(), order.rangeSize(), state.since(), asOf));
        List<PatientFeatures> features = models.features(range.patients(), asOf);
        List<PatientScores> scores = models.score(features);
        FlagChanges changes = flags.write(scores, unflagged(range));
        finished.finish(slice, range, features, changes);
    }

    private static Set<String> unflagged(PatientRange range) {
        return range.patients().stream()
                .map(PatientReadings::patient)
                .filter(patient -> !range.mayHave(patient, Codes.RISK_FLAG))
                .collect(Collectors.toSet());
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
                .filter(state -> asOf == null || state.asOf().equals(asOf.toString()))
                .filter(state -> !order.full() || state.since() == null);
        return interrupted.isPresent() ? interrupted.get() : begin(order, labels);
    }

    private Checkpoint.State begin(Order order, List<String> labels) throws IOException {
        Instant asOf = order.asOf() == null ? order.now() : order.asOf();
        Long since = order.full()
                ? null
                : lastRun.since(order.fhirBase(), labels, order.asOf(), order.now())
                        .orElse(null);
        return Checkpoint.State.begin(order.fhirBase(), asOf.toString(), labels, since, PatientSlice.COUNT);
    }
}
