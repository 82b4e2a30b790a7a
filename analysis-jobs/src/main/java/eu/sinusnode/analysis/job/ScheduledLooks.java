package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.reading.UnknownSequence;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The two looks of a schedule: at what is new, often, and at everybody, once a day. Each keeps files of its own. What
 * changes after {@link #news} first noted a sequence is its affair, all before it that of {@link #everybody}; so a look at
 * everybody counts only when the sequence was noted before it began, and has not been lost since.
 *
 * <p>Safe for one thread at each look.
 */
public final class ScheduledLooks {

    private final Precedence precedence;
    private final RunFiles newsFiles;
    private final RunFiles everybodyFiles;
    private final AtomicInteger lost = new AtomicInteger();

    public ScheduledLooks(Precedence precedence, RunFiles newsFiles, RunFiles everybodyFiles) {
        this.precedence = precedence;
        this.newsFiles = newsFiles;
        this.everybodyFiles = everybodyFiles;
    }

    /**
     * Scores of whom something has changed. When nothing has, one question tells so, and there is no run.
     *
     * @param job on the files of the news
     * @return what the run came to; empty without one
     */
    public Optional<RunResult> news(RiskScoringJob job, RiskScoringJob.Order order) throws IOException {
        Optional<Long> since = since(newsFiles, job, order);
        if (since.isEmpty()) {
            begin(job, order);
            return Optional.empty();
        }
        boolean interrupted = newsFiles.checkpoint().load().isPresent();
        try {
            return interrupted || job.look(since.get()).more()
                    ? Optional.of(precedence.first(() -> job.run(order)))
                    : Optional.empty();
        } catch (UnknownSequence restored) {
            begin(job, order);
            return Optional.empty();
        }
    }

    /**
     * Scores everybody when the last look at them is a day old or was broken off.
     *
     * @param job on the files of everybody, its ranges in the turn of {@link Precedence#ofEverybody}
     * @return what the run came to; empty when it is not time for one
     */
    public Optional<RunResult> everybody(RiskScoringJob job, RiskScoringJob.Order order) throws IOException {
        int lostBefore = lost.get();
        boolean noted = since(newsFiles, job, order).isPresent();
        boolean fresh = since(everybodyFiles, job, order).isPresent()
                && everybodyFiles.checkpoint().load().isEmpty();
        if (!noted || fresh) {
            return Optional.empty();
        }
        RunResult result = job.run(order);
        if (lost.get() != lostBefore) {
            everybodyFiles.forget();
        }
        return Optional.of(result);
    }

    /** From now on; whoever changed before is found by the look at everybody that this makes due. */
    private void begin(RiskScoringJob job, RiskScoringJob.Order order) throws IOException {
        long sequence = job.look(null).sequence();
        // A kept look at everybody would hide what changed between it and the sequence.
        lost.incrementAndGet();
        everybodyFiles.forget();
        newsFiles.forget();
        newsFiles.lastRun().begin(order.fhirBase(), job.labels(), sequence, order.time());
    }

    private static Optional<Long> since(RunFiles files, RiskScoringJob job, RiskScoringJob.Order order)
            throws IOException {
        return files.lastRun().since(order.fhirBase(), job.labels(), null, order.time());
    }
}
