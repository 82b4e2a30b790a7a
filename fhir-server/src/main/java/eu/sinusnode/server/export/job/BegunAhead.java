package eu.sinusnode.server.export.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is worked on one after the other, of which some are begun before it is their turn, so that they read while those
 * before them are written. For one thread.
 *
 * @param <T> what works from its beginning until it is closed
 */
final class BegunAhead<T> implements AutoCloseable {

    private final int atOnce;
    private final Supplier<Optional<T>> beginning;
    private final Consumer<T> closing;
    private final Deque<T> begun = new ArrayDeque<>();
    private boolean last;

    /**
     * @param atOnce how many are open at most, with the one that was taken
     * @param beginning begins the next; empty when there are no more
     * @param closing ends one, wherever it is
     */
    BegunAhead(int atOnce, Supplier<Optional<T>> beginning, Consumer<T> closing) {
        this.atOnce = atOnce;
        this.beginning = beginning;
        this.closing = closing;
    }

    /**
     * The caller has closed what it took before, and closes what it takes.
     *
     * @return empty when there are no more
     */
    Optional<T> next() {
        while (!last && begun.size() < atOnce) {
            beginning.get().ifPresentOrElse(begun::add, () -> last = true);
        }
        return Optional.ofNullable(begun.poll());
    }

    /** Closes what nobody has taken. */
    @Override
    public void close() {
        begun.forEach(closing);
        begun.clear();
    }
}
