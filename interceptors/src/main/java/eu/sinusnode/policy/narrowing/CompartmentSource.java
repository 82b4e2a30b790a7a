package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;

/** A patient, and who represents one, reach the one patient of the token. */
final class CompartmentSource implements NarrowingSource {

    @Override
    public String name() {
        return "compartment";
    }

    @Override
    public Extent extent(Question question) {
        boolean other = question.caller().kind().actsAsPatient()
                && question.standing() != null
                && !question.standing().patientId().equals(question.caller().patientId());
        return other
                ? new Extent.Nothing(new Decision.Deny(
                        DenialCode.COMPARTMENT, "the record belongs to another patient than the token's"))
                : new Extent.Everything();
    }
}
