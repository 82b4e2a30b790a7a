package eu.sinusnode.server.export.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All come in their order, so many are open at once and no more, and none stays open. */
class BegunAheadTest {

    private final List<Integer> open = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();

    private record Begun(int number, List<Integer> open) implements AutoCloseable {

        private Begun {
            open.add(number);
        }

        @Override
        public void close() {
            open.remove((Integer) number);
        }
    }

    private BegunAhead<Begun> upTo(int last, int atOnce) {
        return new BegunAhead<>(
                atOnce,
                () -> begun.get() == last ? Optional.empty() : Optional.of(new Begun(begun.incrementAndGet(), open)),
                Begun::close);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1, 3", "2, 3", "3, 3", "7, 1", "7, 2", "7, 3", "7, 8"})
    void comesInOrder(int last, int atOnce) {
        List<Integer> taken = new ArrayList<>();
        try (BegunAhead<Begun> ahead = upTo(last, atOnce)) {
            for (Optional<Begun> next = ahead.next(); next.isPresent(); next = ahead.next()) {
                try (Begun one = next.get()) {
                    taken.add(one.number());
                    assertThat(open)
                            .hasSize(Math.min(atOnce, last - one.number() + 1))
                            .contains(one.number());
                }
            }
            assertThat(ahead.next()).isEmpty();
        }
        assertThat(taken).hasSize(last).isSorted().doesNotHaveDuplicates();
        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatIsLeftIsClosed(int atOnce) {
        assertThatThrownBy(() -> {
                    try (BegunAhead<Begun> ahead = upTo(9, atOnce)) {
                        ahead.next().orElseThrow().close();
                        try (Begun second = ahead.next().orElseThrow()) {
                            throw new IllegalStateException("no room for " + second.number());
                        }
                    }
                })
                .hasMessage("no room for 2");
        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void whatWasBegunIsClosedWhenTheNextCannotBegin(int atOnce) {
        assertThatThrownBy(() -> {
                    try (BegunAhead<Begun> ahead = new BegunAhead<>(
                            atOnce,
                            () -> {
                                if (begun.get() == 1) {
                                    throw new IllegalStateException("refused");
                                }
                                return Optional.of(new Begun(begun.incrementAndGet(), open));
                            },
                            Begun::close)) {
                        ahead.next();
                    }
                })
                .hasMessage("refused");
        assertThat(open).isEmpty();
    }
}
