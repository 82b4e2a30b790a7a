package eu.sinusnode.server.fulltext.follow;

import java.util.Optional;

/** Where an index remembers how far it has got. */
public interface IndexPosition {

    /** One step of an index. */
    interface Step {
        Advance from(Optional<IndexState> before);
    }

    /** @param durable whether the index changed: then the state is kept, and else what is remembered does as well */
    record Advance(IndexState state, boolean durable) {}

    /**
     * Takes a step while nobody else takes one on the same index, and remembers where it led once the index holds it. A
     * process that dies in between takes the step again.
     */
    IndexState advance(Step step);

    /** What was remembered last; empty for an index that was never complete. */
    Optional<IndexState> remembered();
}
