package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Standing;

/** The stored link between caller and patient that a kind of caller needs, within its period. */
record LinkSource(String name, Relationship relationship) implements NarrowingSource {

    @Override
    public Extent extent(Question question) {
        Standing standing = question.standing();
        boolean linked = standing == null
                || standing.related()
                || question.isOpened()
                || question.caller().kind().relationship() != relationship;
        return linked
                ? new Extent.Everything()
                : new Extent.Nothing(new Decision.Deny(
                        DenialCode.RELATIONSHIP,
                        "party " + question.caller().partyId() + " has no " + name + " link to the patient"));
    }

    /** What was opened is open to be read. */
    @Override
    public Decision writeFor(Question question) {
        return NarrowingSource.super.writeFor(question.byConsent());
    }
}
