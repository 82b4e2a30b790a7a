package eu.sinusnode.policy.consent;

/** Ends a compilation; never leaves the compiler. */
final class CannotEnforce extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Compilation.Refused refused;

    CannotEnforce(String path, String reason) {
        super(reason, null, false, false);
        this.refused = new Compilation.Refused(path, reason);
    }

    static void when(boolean unsupported, String path, String reason) {
        if (unsupported) {
            throw new CannotEnforce(path, reason);
        }
    }

    Compilation.Refused refused() {
        return refused;
    }
}
