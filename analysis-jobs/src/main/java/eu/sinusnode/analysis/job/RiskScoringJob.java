package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.Overtaken;
import eu.sinusnode.analysis.flag.ScoreSink;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PatientScores;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The risk-scoring run: slices of patients side by side, each range by range. A range counts as finished when its flags
 * are written: interrupted at any point, the next run goes on with what is not finished, and finds the flags of a range
 * that was cut off. In memory is one range a thread.
 *
 * <p>A stated instant is that of every range, also of a run that goes on. Without one each range is scored as of when it
 * is read: what came in meanwhile is neither left out nor taken back.
 */
public final class RiskScoringJob {

    private static final int MOST_ATTEMPTS = 5;

    private final ReadingSource readings;
    private final PatientRangeScoring models;
    private final ScoreSink flags;
    private final Workers workers;
    private final Turn turn;
    private final StopSignal stop;
    private final RunFiles files;
    private final RunProgress progress;
    private final RunLog log;

    /**
     * What is to be run.
     *
     * @param fhirBase server, as the checkpoint names it
     * @param rangeSize patients in a range, 1 to 200
     * @param asOf the instant to score at; null: each range as of when it is read
     * @param clock tells when that is, and when flags are issued
     * @param ahead how much later than read a range without a stated instant is scored
     * @param full whether everybody is read; else only those of whom something has changed, as far as {@link LastRun}
     *     says that this is enough
     */
    public record Order(
            String fhirBase, int rangeSize, @Nullable Instant asOf, InstantSource clock, Duration ahead, boolean full) {

        /** As of when is scored what is read now. */
        Instant time() {
            return clock.instant().plus(ahead);
        }
    }

    public RiskScoringJob(
            ReadingSource readings,
            PatientRangeScoring models,
            ScoreSink flags,
            Workers workers,
            Turn turn,
            StopSignal stop,
            RunFiles files,
            RunProgress progress,
            RunLog log) {
        this.readings = readings;
        this.models = models;
        this.flags = flags;
        this.workers = workers;
        this.turn = turn;
        this.stop = stop;
        this.files = files;
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
        long start = System.nanoTime();
        FinishedRanges finished =
                new FinishedRanges(resumeOrBegin(order), files.checkpoint(), files.leftOut(), progress);
        Checkpoint.State begun = finished.state();
        log.started(run, begun.models(), Instant.parse(begun.asOf()), begun.since());
        try {
            progress.at(begun);
            rangeByRange(order, finished);
            if (!finished.isWhole()) {
                throw new RunStopped();
            }
            conclude(finished.state(), order.clock().instant());
        } catch (IOException | RuntimeException failure) {
            tellFailure(run, finished.state(), order.clock().instant(), failure);
            throw failure;
        } finally {
            progress.over();
        }
        log.ended(run, true, finished.state().counts());
        return new RunResult(
                begun.since() == null, finished.state().counts(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** What it scores with, as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}. */
    List<String> labels() {
        return models.models().stream().map(model -> model.identity().label()).toList();
    }

    /** Reads nobody: says whether anybody has changed since that sequence, and from which one may be read on. */
    PatientRange look(@Nullable Long since) {
        return readings.read(new RangeRequest(null, null, 0, since, Instant.EPOCH));
    }

    /** Patients whose flags were refused are read again: the next run reads from where this one did. */
    private void conclude(Checkpoint.State whole, Instant now) throws IOException {
        if (whole.counts().flags().failed() == 0) {
            files.lastRun().keep(whole);
        }
        files.reports().completed(whole, now);
        files.checkpoint().clear();
    }

    /** Why the run failed is what its caller is to learn, also when the failure cannot be told. */
    private void tellFailure(UUID run, Checkpoint.State reached, Instant now, Exception failure) {
        try {
            files.reports().brokeOff(reached, now);
        } catch (IOException | RuntimeException unnoted) {
            failure.addSuppressed(unnoted);
        }
        try {
            log.ended(run, false, reached.counts());
        } catch (RuntimeException untold) {
            failure.addSuppressed(untold);
        }
    }

    private void rangeByRange(Order order, FinishedRanges finished) throws IOException {
        if (finished.state().counts().equals(RunCounts.NONE)) {
            files.leftOut().begin();
        }
        AtomicBoolean broken = new AtomicBoolean();
        try {
            workers.forEach(PatientSlice.all(), slice -> walk(slice, order, finished, broken));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (UnknownSequence restored) {
            files.forget();
            throw restored;
        }
    }

    /** What one slice fails with ends the others behind the range that they are at. */
    private void walk(PatientSlice slice, Order order, FinishedRanges finished, AtomicBoolean broken) {
        try {
            while (!finished.of(slice).whole() && !broken.get() && !stop.isAsked()) {
                turn.take(() -> next(slice, order, finished));
            }
        } catch (RuntimeException | Error failure) {
            broken.set(true);
            throw failure;
        }
    }

    /** Whose flags another run has written meanwhile is read again: as a rule it has gone on to others by then. */
    private void next(PatientSlice slice, Order order, FinishedRanges finished) {
        for (int attempt = 1; ; attempt++) {
            try {
                once(slice, order, finished);
                return;
            } catch (Overtaken byAnother) {
                if (attempt == MOST_ATTEMPTS) {
                    throw new TransientFailure("Another run keeps writing flags of the same patients", byAnother);
                }
            }
        }
    }

    private void once(PatientSlice slice, Order order, FinishedRanges finished) {
        Checkpoint.State state = finished.state();
        Instant readAt = order.clock().instant();
        Instant asOf = state.stated() ? Instant.parse(state.asOf()) : order.time();
        String last = finished.of(slice).last();
        PatientRange range = readings.read(new RangeRequest(
                last.isEmpty() ? slice.after() : last, slice.through(), order.rangeSize(), state.since(), asOf));
        List<PatientFeatures> features = models.features(range.patients(), asOf);
        List<PatientScores> scores = models.score(features);
        FlagChanges changes = flags.write(scores, unflagged(range), readAt);
        finished.finish(slice, range, features, changes);
    }

    private static Set<String> unflagged(PatientRange range) {
        return range.patients().stream()
                .map(PatientReadings::patient)
                .filter(patient -> !range.mayHave(patient, Codes.RISK_FLAG))
                .collect(Collectors.toSet());
    }

    private Checkpoint.State resumeOrBegin(Order order) throws IOException {
        List<String> labels = labels();
        Instant asOf = order.asOf();
        Optional<Checkpoint.State> interrupted = files.checkpoint()
                .load()
                .filter(state -> state.fhirBase().equals(order.fhirBase()))
                .filter(state -> state.models().equals(labels))
                .filter(state -> state.slices().size() == PatientSlice.COUNT)
                .filter(state -> asOf == null
                        ? !state.stated()
                        : state.stated() && state.asOf().equals(asOf.toString()))
                .filter(state -> !order.full() || state.since() == null);
        return interrupted.isPresent() ? interrupted.get() : begin(order, labels);
    }

    private Checkpoint.State begin(Order order, List<String> labels) throws IOException {
        Instant now = order.time();
        Instant asOf = order.asOf() == null ? now : order.asOf();
        Long since = order.full()
                ? null
                : files.lastRun()
                        .since(order.fhirBase(), labels, order.asOf(), now)
                        .orElse(null);
        return Checkpoint.State.begin(
                order.clock().instant(),
                order.fhirBase(),
                asOf.toString(),
                order.asOf() != null,
                labels,
                since,
                PatientSlice.COUNT);
    }
}
