package eu.sinusnode.policy.consent;

/**
 * By what a record hangs together with another one, or with a person.
 *
 * @param to {@code Type/id}
 */
public record Bond(Kind kind, String to) {

    /** How; R4 consent-data-meaning. */
    public enum Kind {
        /** The record was authored by it. */
        AUTHORED_BY,
        /** The record is it, or belongs to it. */
        RELATED
    }

    String type() {
        return to.substring(0, to.indexOf('/'));
    }
}
