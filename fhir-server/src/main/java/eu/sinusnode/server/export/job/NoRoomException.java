package eu.sinusnode.server.export.job;

/** The files of exports may not grow further. */
final class NoRoomException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoRoomException() {
        super("There is no room for further files of exports.", null, false, false);
    }
}
