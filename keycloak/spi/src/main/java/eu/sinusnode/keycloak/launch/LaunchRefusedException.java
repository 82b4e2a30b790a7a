package eu.sinusnode.keycloak.launch;

/** A {@code launch} that opens nothing; the message says why in words for the app's developer, and names no person. */
public final class LaunchRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    private LaunchRefusedException(String reason, boolean temporary) {
        super(reason);
        this.temporary = temporary;
    }

    static LaunchRefusedException because(String reason) {
        return new LaunchRefusedException(reason, false);
    }

    static LaunchRefusedException keysUnavailable() {
        return new LaunchRefusedException(
                "launch cannot be checked now: the FHIR server's keys are out of reach", true);
    }

    /** Whether the same launch may be good in a moment: nothing is wrong with it that is known. */
    public boolean temporary() {
        return temporary;
    }
}
