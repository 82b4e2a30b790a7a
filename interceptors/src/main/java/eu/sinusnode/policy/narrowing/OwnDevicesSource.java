package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.CallerKind;
import java.util.Set;

/** A device gateway has the Devices that its Organization owns, and no others. */
final class OwnDevicesSource implements NarrowingSource {

    /** The search parameter of Device.owner. */
    static final String OWNER = "organization";

    @Override
    public String name() {
        return "own devices";
    }

    @Override
    public Extent extent(Question question) {
        return question.caller().kind() == CallerKind.DEVICE_GATEWAY
                        && question.resourceType().equals("Device")
                ? Extent.only(Criterion.of(
                        OWNER, Set.of("Organization/" + question.caller().organizationId())))
                : new Extent.Everything();
    }
}
