package eu.sinusnode.server.audit.reading;

/** Waits, for a bounded time, until what was recorded before is in the store. */
@FunctionalInterface
public interface StoredSoFar {

    /** @return false when the time was not enough: the newest events may be missing */
    boolean await();
}
