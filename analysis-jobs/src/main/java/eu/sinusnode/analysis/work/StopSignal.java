package eu.sinusnode.analysis.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells who is at work to come to an end. Once it was asked it stays so. */
public final class StopSignal {

    private final CountDownLatch asked = new CountDownLatch(1);

    public void ask() {
        asked.countDown();
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** @throws InterruptedException as soon as it is asked */
    public void pause(Duration duration) throws InterruptedException {
        if (asked.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("Asked to stop");
        }
    }
}
