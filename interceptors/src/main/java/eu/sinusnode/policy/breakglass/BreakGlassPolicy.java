package eu.sinusnode.policy.breakglass;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;

/**
 * Who may open a record without a Consent. It asks nothing about the patient, so that its refusals are the same for one who
 * is here and for one who is not.
 */
public final class BreakGlassPolicy {

    private final int most;

    /** @param most patients whom one person may have opened at once; one who was closed early counts until its time is over */
    public BreakGlassPolicy(int most) {
        this.most = most;
    }

    /** A person who showed a second factor a short while ago. */
    public Decision decideCaller(Caller caller) {
        if (caller.kind() != CallerKind.CLINICIAN || caller.fhirUser() == null) {
            return new Decision.Deny(
                    DenialCode.OPERATION, "callers of kind " + caller.kind().claim() + " open no record");
        }
        return caller.hasShownSecondFactor()
                ? Decision.Permit.of("break-glass", "a clinician has shown a second factor")
                : new Decision.Deny(
                        DenialCode.BREAK_GLASS_FACTOR,
                        "the claim amr of the token names no second factor of the last minutes");
    }

    /**
     * Whether one more may be opened.
     *
     * @param opened how many patients the person has opened whose time is not over
     * @param used whether this very token has opened this patient before, and that was closed: then it is sent again
     */
    public Decision decideAnother(int opened, boolean used) {
        if (used) {
            return new Decision.Deny(
                    DenialCode.BREAK_GLASS_FACTOR, "the token has opened this patient before, and it was closed");
        }
        return opened < most
                ? Decision.Permit.of("break-glass", "few enough are open")
                : new Decision.Deny(DenialCode.BREAK_GLASS_MANY, most + " patients are open to this person already");
    }
}
