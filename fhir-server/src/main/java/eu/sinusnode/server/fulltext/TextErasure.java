package eu.sinusnode.server.fulltext;

import eu.sinusnode.server.fulltext.follow.IndexFollower;
import eu.sinusnode.server.fulltext.table.TextTable;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/**
 * Takes a patient's words out of the table and out of the files of every index. The table's part is of the running
 * transaction; each index rewrites its files when it follows, the one of this node before {@link #await} returns.
 */
public final class TextErasure {

    private final TextTable table;
    private final IndexFollower follower;

    TextErasure(TextTable table, IndexFollower follower) {
        this.table = table;
        this.follower = follower;
    }

    /**
     * Erases the words of all of the patient's records, those that the patient shares with others too.
     *
     * @return how many records had words
     * @throws IllegalStateException when no transaction on the storage's data source is running
     */
    public int erase(UUID patient) {
        return table.forget(patient);
    }

    /**
     * Erases the words of records, deleted ones too.
     *
     * @return how many of them had words once
     */
    public int eraseRecords(Collection<UUID> records) {
        return table.forgetRecords(records);
    }

    /**
     * To be called after the commit.
     *
     * @return whether this node's index has forgotten within the time; if not, it does so as soon as it can
     */
    public boolean await(Duration patience) {
        return follower.await(patience);
    }
}
