package eu.sinusnode.server.lane.command;

/**
 * What was found when own rows were held against the stored records.
 *
 * @param compared records
 * @param different of these, with other rows than they give, or without them
 * @param surplus records that have rows and are not there
 * @param unread records that the storage keeps in another form than as text
 */
record Comparison(long compared, long different, long surplus, long unread) {

    boolean holds() {
        return different == 0 && surplus == 0 && unread == 0;
    }
}
