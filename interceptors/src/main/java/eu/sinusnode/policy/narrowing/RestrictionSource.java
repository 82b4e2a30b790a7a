package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Standing;

/** A record that is restricted (Art. 18 GDPR) is the patient's alone; what devices measure is still kept. */
final class RestrictionSource implements NarrowingSource {

    @Override
    public String name() {
        return "restriction";
    }

    @Override
    public Extent extent(Question question) {
        Standing standing = question.standing();
        return standing == null
                        || !standing.restricted()
                        || question.caller().kind().actsAsPatient()
                ? new Extent.Everything()
                : new Extent.Nothing(new Decision.Deny(DenialCode.RESTRICTED, "the patient's record is restricted"));
    }

    /** To keep is what a restriction leaves. */
    @Override
    public Decision writeFor(Question question) {
        return question.caller().kind().relationship() == Relationship.DEVICE
                ? Decision.Permit.of(name(), "what a device brings is kept")
                : NarrowingSource.super.writeFor(question);
    }
}
