package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.job.Checkpoint.Reached;
import eu.sinusnode.analysis.job.Checkpoint.State;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.risk.PatientFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run has finished, noted on disk by whichever worker finished it, in whatever order. */
final class FinishedRanges {

    private final Checkpoint checkpoint;
    private final LeftOutList leftOut;
    private final RunProgress progress;
    private State state;

    FinishedRanges(State reached, Checkpoint checkpoint, LeftOutList leftOut, RunProgress progress) {
        this.state = reached;
        this.checkpoint = checkpoint;
        this.leftOut = leftOut;
        this.progress = progress;
    }

    synchronized State state() {
        return state;
    }

    synchronized boolean isWhole() {
        return state.slices().stream().allMatch(Reached::whole);
    }

    synchronized Reached of(PatientSlice slice) {
        return state.slices().get(slice.number());
    }

    /** @param range whose flags are written */
    synchronized void finish(
            PatientSlice slice, PatientRange range, List<PatientFeatures> features, FlagChanges changes) {
        Reached before = of(slice);
        String last = range.last();
        if (range.more() && (last == null || last.equals(before.last()))) {
            throw new IllegalStateException("The server says that more patients follow, but not after whom");
        }
        List<Reached> slices = new ArrayList<>(state.slices());
        slices.set(slice.number(), new Reached(last == null ? before.last() : last, !range.more()));
        State next = new State(
                state.run(),
                state.begun(),
                state.fhirBase(),
                state.asOf(),
                state.stated(),
                state.models(),
                state.since(),
                least(state.sequence(), range.sequence()),
                List.copyOf(slices),
                state.counts().plus(range, features, changes),
                someOf(state.people(), range));
        try {
            leftOut.add(features);
            checkpoint.save(next);
        } catch (IOException e) {
            throw new UncheckedIOException("What is finished cannot be noted", e);
        }
        state = next;
        progress.at(next);
    }

    private static List<String> someOf(List<String> people, PatientRange range) {
        return Stream.concat(people.stream(), range.patients().stream().map(PatientReadings::patient))
                .limit(RunSummary.ENOUGH)
                .toList();
    }

    /** What changes after the first look may be missed by it; the least number that was given misses nothing. */
    private static long least(@Nullable Long before, long sequence) {
        return before == null ? sequence : Math.min(before, sequence);
    }
}
