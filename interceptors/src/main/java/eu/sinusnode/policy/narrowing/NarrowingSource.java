package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;

/**
 * One reason why a caller reaches only part of what is stored: a compartment, a link, consent, a scope. A source is pure
 * and says nothing about what is not its business. {@link RecordVisibility} joins all of them, once a request, for
 * searches and single records alike; a further reason is a further source there and nowhere else.
 */
public interface NarrowingSource {

    /** In words, for the documentation and the tests, e.g. {@code care team}. */
    String name();

    /** What is left of one patient's records of one type. */
    Extent extent(Question question);

    /** Whether the caller may write for the patient, whatever the record's content. */
    default Decision writeFor(Question question) {
        return extent(question) instanceof Extent.Nothing nothing
                ? nothing.deny()
                : Decision.Permit.of(name(), "nothing stands against it");
    }
}
