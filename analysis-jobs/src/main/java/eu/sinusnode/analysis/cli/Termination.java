package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.work.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it is open, a process that is told to end (SIGTERM, SIGINT) asks its work to stop and waits for it. */
final class Termination implements AutoCloseable {

    /** Less than the 25 s that the launcher waits before it kills. */
    private static final long PATIENCE_SECONDS = 20;

    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "termination");

    Termination() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    StopSignal signal() {
        return stop;
    }

    private void end() {
        stop.ask();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("risk: ended in the middle of a range, which the next run does again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        if (!stop.isAsked()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
