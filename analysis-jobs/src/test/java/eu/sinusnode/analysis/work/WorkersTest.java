package eu.sinusnode.analysis.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void itemsAreDoneSideBySideAndEachOnce() {
        CyclicBarrier met = new CyclicBarrier(3);
        Set<Integer> done = ConcurrentHashMap.newKeySet();

        new Workers(3).forEach(items(9), item -> {
            meet(met);
            assertThat(done.add(item)).isTrue();
        });

        assertThat(done).hasSize(9);
    }

    @Test
    void aFailureIsToldWhenNobodyIsAtWorkAnyMore() {
        AtomicInteger atWork = new AtomicInteger();
        CyclicBarrier met = new CyclicBarrier(2);
        Set<Integer> begun = ConcurrentHashMap.newKeySet();

        assertThatThrownBy(() -> new Workers(2).forEach(items(50), item -> {
                    begun.add(item);
                    atWork.incrementAndGet();
                    meet(met);
                    if (item == 1) {
                        pause();
                    }
                    atWork.decrementAndGet();
                    if (item == 0) {
                        throw new IllegalStateException("first");
                    }
                }))
                .hasMessage("first");

        assertThat(atWork).hasValue(0);
        assertThat(begun).containsExactlyInAnyOrder(0, 1);
    }

    private static List<Integer> items(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("they did not work side by side", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
