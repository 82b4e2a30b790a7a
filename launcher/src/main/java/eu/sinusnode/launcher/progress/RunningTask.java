package eu.sinusnode.launcher.progress;

import java.util.function.BiConsumer;

/** Counts for {@link StreamProgress}; whoever draws it reads it from another thread. */
final class RunningTask implements Progress.Task {

    private static final int BAR = 24;

    private final String label;
    private final long total;
    private final long startedNanos;
    private final BiConsumer<RunningTask, String> ended;
    private volatile String note = "";
    private long amount;
    private boolean open = true;

    /** @param total 0 when it is not known; @param ended told the line that sums the task up */
    RunningTask(String label, long total, long nowNanos, BiConsumer<RunningTask, String> ended) {
        this.label = label;
        this.total = total;
        this.startedNanos = nowNanos;
        this.ended = ended;
    }

    @Override
    public synchronized void advance(long by) {
        amount += by;
    }

    @Override
    public void note(String text) {
        note = text;
    }

    @Override
    public void done(String outcome) {
        end("ok    " + label + (outcome.isBlank() ? "" : ": " + outcome));
    }

    @Override
    public void close() {
        end("failed " + label);
    }

    private void end(String line) {
        synchronized (this) {
            if (!open) {
                return;
            }
            open = false;
        }
        ended.accept(this, line);
    }

    long seconds(long nowNanos) {
        return (nowNanos - startedNanos) / 1_000_000_000L;
    }

    /** The state in a few words, e.g. {@code vitals [#####.....] 45 % 12 s, 3 of 9}. */
    synchronized String describe(long nowNanos) {
        StringBuilder text = new StringBuilder(label);
        if (total > 0) {
            int filled = (int) Math.min(BAR, amount * BAR / total);
            text.append(" [")
                    .append("#".repeat(filled))
                    .append(".".repeat(BAR - filled))
                    .append("] ");
            text.append(Math.min(100, amount * 100 / total)).append(" %");
        }
        text.append(' ').append(seconds(nowNanos)).append(" s");
        if (!note.isEmpty()) {
            text.append(", ").append(note);
        }
        return text.toString();
    }
}
