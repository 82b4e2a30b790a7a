package eu.sinusnode.analysis.flag;

/** Another run has written flags of the same patients since they were read here: what it knew may be newer. */
public final class Overtaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Overtaken(String patient) {
        super("Another run has written the flags of Patient/" + patient + " meanwhile");
    }
}
