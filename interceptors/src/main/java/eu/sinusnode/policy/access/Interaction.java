package eu.sinusnode.policy.access;

/** The FHIR interactions that are on, with the SMART v2 permission letter that each one needs. */
public enum Interaction {
    CREATE('c'),
    READ('r'),
    UPDATE('u'),
    DELETE('d'),
    SEARCH('s');

    private final char permission;

    Interaction(char permission) {
        this.permission = permission;
    }

    public char permission() {
        return permission;
    }
}
