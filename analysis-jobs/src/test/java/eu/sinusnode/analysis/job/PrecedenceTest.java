package eu.sinusnode.analysis.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    private final Precedence precedence = new Precedence();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void newsWaitForTheRangeAtWorkAndGoBeforeTheNextOne() throws InterruptedException {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread everybody = new Thread(() -> {
            precedence.ofEverybody().take(() -> {
                atWork.countDown();
                await(end);
                done.add("first range");
            });
            precedence.ofEverybody().take(() -> done.add("second range"));
        });
        Thread news = new Thread(this::news);
        everybody.start();
        await(atWork);
        news.start();
        while (news.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }

        end.countDown();
        everybody.join(20_000);
        news.join(20_000);

        assertThat(done).containsExactly("first range", "news", "second range");
    }

    @Test
    void rangesOfEverybodyAreWorkedOnSideBySide() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> precedence.ofEverybody().take(() -> {
            both.countDown();
            await(both);
            done.add("met");
        });
        Thread one = new Thread(meet);
        Thread other = new Thread(meet);
        one.start();
        other.start();
        one.join(20_000);
        other.join(20_000);

        assertThat(done).containsExactly("met", "met");
    }

    private void news() {
        try {
            precedence.first(() -> done.add("news"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
