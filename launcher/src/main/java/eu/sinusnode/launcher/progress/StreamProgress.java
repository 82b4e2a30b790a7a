package eu.sinusnode.launcher.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Progress on a stream. On a terminal all running tasks share one line that is drawn anew four times a second; elsewhere
 * each task gets a line when it has run for two seconds and every ten seconds after that.
 */
public final class StreamProgress implements Progress, AutoCloseable {

    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int COLUMNS = 118;

    private final PrintStream out;
    private final boolean terminal;
    private final List<RunningTask> running = new ArrayList<>();
    private final Thread painter;
    private long lastSecond = -1;

    /** @param terminal whether a line can be drawn over */
    public StreamProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.painter = new Thread(this::paint, "progress");
        painter.setDaemon(true);
        painter.start();
    }

    @Override
    public Task begin(String label) {
        return begin(label, 0);
    }

    @Override
    public synchronized Task begin(String label, long total) {
        RunningTask task = new RunningTask(label, total, System.nanoTime(), this::end);
        running.add(task);
        return task;
    }

    @Override
    public synchronized void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {
        painter.interrupt();
        synchronized (this) {
            erase();
            out.flush();
        }
    }

    private synchronized void end(RunningTask task, String line) {
        running.remove(task);
        say("  " + line);
    }

    private void paint() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(250);
                paintOnce(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void paintOnce(long nowNanos) {
        if (terminal) {
            if (!running.isEmpty()) {
                String line = running.stream().map(t -> t.describe(nowNanos)).collect(Collectors.joining(" | "));
                out.print(ERASE_LINE + "  ... " + line.substring(0, Math.min(COLUMNS, line.length())));
                out.flush();
            }
            return;
        }
        long second = nowNanos / 1_000_000_000L;
        if (second == lastSecond) {
            return;
        }
        lastSecond = second;
        for (RunningTask task : running) {
            long age = task.seconds(nowNanos);
            if (age == 2 || (age > 0 && age % 10 == 0)) {
                out.println("  ... " + task.describe(nowNanos));
            }
        }
        out.flush();
    }

    private void erase() {
        if (terminal) {
            out.print(ERASE_LINE);
        }
    }
}
