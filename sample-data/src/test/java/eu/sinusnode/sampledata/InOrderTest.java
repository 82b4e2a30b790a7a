package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InOrderTest {

    @Property(tries = 50)
    void resultsComeInTheOrderOfTheirNumbers(
            @ForAll @IntRange(min = 1, max = 8) int threads, @ForAll @IntRange(max = 200) int count)
            throws IOException {
        List<Integer> taken = new ArrayList<>();

        InOrder.run(threads, count, number -> number, taken::add);

        assertThat(taken).isEqualTo(IntStream.range(0, count).boxed().toList());
    }

    /** What bounds the memory: never more results wait than four for each thread. */
    @Property(tries = 20)
    void onlyAFewAreAheadOfTheOneThatIsTaken(@ForAll @IntRange(min = 1, max = 8) int threads) throws IOException {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();

        InOrder.run(
                threads,
                300,
                number -> {
                    begun.incrementAndGet();
                    return number;
                },
                number -> assertThat(begun.get()).isLessThanOrEqualTo(taken.incrementAndGet() + 4 * threads));
    }

    @Test
    void theFailureOfAPieceEndsAllAndComesOut() {
        List<Integer> taken = new ArrayList<>();

        assertThatThrownBy(() -> InOrder.run(
                        3,
                        100,
                        number -> {
                            if (number == 20) {
                                throw new IOException("disk full");
                            }
                            return number;
                        },
                        taken::add))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(taken).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void aMistakeInAPieceComesOutAsItIs() {
        assertThatThrownBy(() -> InOrder.run(
                        2,
                        1,
                        number -> {
                            throw new IllegalArgumentException("no such patient");
                        },
                        result -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such patient");
    }
}
