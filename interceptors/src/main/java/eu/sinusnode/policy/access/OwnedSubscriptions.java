package eu.sinusnode.policy.access;

import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;

/** Says of a Subscription that was read from its store whose it is: no element of it does, and no reader may set it. */
public final class OwnedSubscriptions {

    private static final String OWNER = OwnedSubscriptions.class.getName();

    private OwnedSubscriptions() {}

    /** @param owner {@link Caller#identity()} of who created it */
    public static Subscription owned(Subscription subscription, String owner) {
        subscription.setUserData(OWNER, owner);
        return subscription;
    }

    /** Whether it is a Subscription, and another's. */
    public static boolean isOfAnother(Caller caller, Resource resource) {
        return resource instanceof Subscription && !caller.identity().equals(resource.getUserData(OWNER));
    }
}
