package eu.sinusnode.analysis.job;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What is new goes before a look at everybody. A run over what is new waits for the ranges that are at work, a second or
 * two, and the others wait for it: so it has the machine for itself, and nobody is scored by both at the same moment.
 */
public final class Precedence {

    /** Something that reads and writes files. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Fair: who waits to go first is not overtaken by further ranges. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Does it while no range of a look at everybody is at work. */
    public <T> T first(Work<T> news) throws IOException {
        Lock alone = lock.writeLock();
        alone.lock();
        try {
            return news.run();
        } finally {
            alone.unlock();
        }
    }

    /** Of the ranges of a look at everybody, which may be at work side by side. */
    public Turn ofEverybody() {
        return range -> {
            Lock shared = lock.readLock();
            shared.lock();
            try {
                range.run();
            } finally {
                shared.unlock();
            }
        };
    }
}
