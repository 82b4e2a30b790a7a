package eu.sinusnode.policy.access;

/** How a caller is linked to the patients whose records it may ask for. */
public enum Relationship {
    /** The data subject: the patient named by the token. */
    SELF,
    /** The caller is an active RelatedPerson of the patient, within its period. */
    REPRESENTATIVE,
    /** The caller's organization takes part in an active CareTeam of the patient. */
    CARE_TEAM,
    /** The caller's organization owns an active Device of the patient. */
    DEVICE,
    /** The caller's organization is payor of a Coverage of the patient that is active now. */
    COVERAGE,
    /** No link beside the patient's consent. */
    NONE_NEEDED,
    /** The caller reads no patient records at all. */
    NO_RECORDS;

    /** Whether the link stands in the membership table. */
    public boolean isStored() {
        return this == REPRESENTATIVE || this == CARE_TEAM || this == DEVICE || this == COVERAGE;
    }
}
