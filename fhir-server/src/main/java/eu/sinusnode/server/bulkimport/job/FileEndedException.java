package eu.sinusnode.server.bulkimport.job;

/** The file is not worked on any further. */
final class FileEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why one sentence without content */
    FileEndedException(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
