package eu.sinusnode.policy.consent;

import java.util.Set;

/**
 * What the consent decision needs to know of a record.
 *
 * @param codes what the record is coded as; empty for types without a code
 * @param unsigned an Observation that no clinician has signed: registered, preliminary, or of unknown status
 */
public record RecordFacts(String resourceType, Ownership ownership, Set<Code> codes, boolean unsigned) {
    public RecordFacts {
        codes = Set.copyOf(codes);
    }
}
