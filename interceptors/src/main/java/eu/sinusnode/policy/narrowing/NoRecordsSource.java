package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Relationship;

/** Auditors and administrators reach no patient's records. */
final class NoRecordsSource implements NarrowingSource {

    @Override
    public String name() {
        return "no records";
    }

    @Override
    public Extent extent(Question question) {
        return question.caller().kind().relationship() == Relationship.NO_RECORDS && question.standing() != null
                ? new Extent.Nothing(new Decision.Deny(
                        DenialCode.RELATIONSHIP,
                        "a " + question.caller().kind().claim() + " reads no patient records of others"))
                : new Extent.Everything();
    }
}
