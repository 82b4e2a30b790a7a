package eu.sinusnode.server.audit.journal;

/**
 * A place in the journal.
 *
 * @param segment number of the segment
 * @param offset bytes from its beginning
 */
public record JournalPosition(long segment, long offset) implements Comparable<JournalPosition> {

    @Override
    public int compareTo(JournalPosition other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
    }
}
