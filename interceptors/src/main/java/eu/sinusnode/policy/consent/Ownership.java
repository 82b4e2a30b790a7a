package eu.sinusnode.policy.consent;

import java.util.Set;

/** Whose a record is. */
public sealed interface Ownership {

    /** Of these patients, at least one; each of them has a say. */
    record OfPatients(Set<String> patientIds) implements Ownership {
        public OfPatients {
            patientIds = Set.copyOf(patientIds);
        }
    }

    /** Nobody's health record: an organization, a practitioner, an algorithm; the access matrix alone decides. */
    record Directory() implements Ownership {}

    /** An organization's own list: nobody else may have it. */
    record OfOrganization(String organizationId) implements Ownership {}

    /** It cannot be told, so nobody may have it. */
    record Unknown() implements Ownership {}
}
