package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.access.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file of an import, as the table has it.
 *
 * @param caller who asked for the import, as the token of the kick-off said
 * @param type FHIR resource type of its lines
 * @param bytes with {@code modified}: what the file was when it was asked for
 * @param problem why it is not worked on any further; null while nothing is wrong with it
 * @param position bytes that have been worked on
 * @param line lines that have been worked on
 * @param created lines that were stored
 * @param known lines that were stored already
 * @param attempts how often it was taken up since it last came forward
 */
public record ImportedFile(
        UUID job,
        int number,
        Caller caller,
        String type,
        String name,
        long bytes,
        Instant modified,
        State state,
        @Nullable String problem,
        long position,
        long line,
        long created,
        long known,
        long refused,
        int attempts) {

    /** Where a file can be. */
    public enum State {
        WAITING,
        RUNNING,
        COMPLETE,
        FAILED,
        CANCELLED;

        public boolean isUnderWay() {
            return this == WAITING || this == RUNNING;
        }
    }
}
