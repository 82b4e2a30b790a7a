package eu.sinusnode.server.bulkimport.job;

/** The import was cancelled, or another run has taken the file over. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
