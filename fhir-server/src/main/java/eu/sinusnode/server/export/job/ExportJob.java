package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One export, as the table has it.
 *
 * @param job its unguessable name
 * @param caller who asked, as the token of the kick-off said
 * @param transactionTime everything that was changed before it is in the export; null before it was begun
 * @param patients how many patients it is about; null before they were counted
 * @param afterPatient the last patient who is in the files; null before the first
 * @param generalised in the pseudonymised form, how many patients are told less exactly; null before they were counted,
 *     and when there are too few
 * @param attempts how often it was taken up since it last came forward
 * @param expires from then on, when it has ended, it is gone
 */
public record ExportJob(
        UUID job,
        Caller caller,
        ExportOrder order,
        State state,
        Instant created,
        Instant expires,
        @Nullable Instant transactionTime,
        @Nullable Integer patients,
        int patientsRead,
        @Nullable String afterPatient,
        @Nullable Integer generalised,
        int attempts) {

    /** Where an export can be. */
    public enum State {
        ACCEPTED,
        RUNNING,
        COMPLETE,
        FAILED
    }

    ExportJob fromTheStart() {
        return new ExportJob(job, caller, order, state, created, expires, null, null, 0, null, null, attempts);
    }

    /** To whom an export belongs: the client, and for whom it called. For another one it does not exist. */
    public static String ownerOf(Caller caller) {
        return caller.identity();
    }
}
