package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.RecordFacts;

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

    /** Whether one record is among what is left. A source that a search can tell only roughly decides it exactly here. */
    default Decision decide(Question question, RecordFacts record) {
        Extent extent = extent(question);
        if (extent instanceof Extent.Nothing nothing) {
            return nothing.deny();
        }
        return extent.contains(record)
                ? Decision.Permit.of(name(), "nothing stands against it")
                : new Decision.Deny(withholding(), "the " + name() + " does not cover this " + record.resourceType());
    }

    /** As what it refuses a record that lies outside of what is left. */
    default DenialCode withholding() {
        return DenialCode.CONSENT;
    }

    /** Whether the caller may write for the patient, whatever the record's content. */
    default Decision writeFor(Question question) {
        return extent(question) instanceof Extent.Nothing nothing
                ? nothing.deny()
                : Decision.Permit.of(name(), "nothing stands against it");
    }
}
