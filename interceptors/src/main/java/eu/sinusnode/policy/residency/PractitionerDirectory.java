package eu.sinusnode.policy.residency;

/** The stored Practitioners, read with the server's own rights. */
public interface PractitionerDirectory {

    /** Whether such a Practitioner is stored now and does not say that it is inactive. */
    boolean isActive(String practitionerId);
}
