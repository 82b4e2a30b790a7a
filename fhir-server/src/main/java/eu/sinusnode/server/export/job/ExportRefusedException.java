package eu.sinusnode.server.export.job;

/** The caller may not be given anything any more. */
final class ExportRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExportRefusedException() {
        super("The caller may not be given data any more.", null, false, false);
    }
}
