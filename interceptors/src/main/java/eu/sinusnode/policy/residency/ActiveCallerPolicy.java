package eu.sinusnode.policy.residency;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import java.util.Optional;

/**
 * Who has left, or whose organization has closed, gets nothing, whatever the login still says. A Practitioner that is not
 * stored is nobody; one that does not state {@code active} is active, and so is such an Organization (FHIR R4).
 *
 * <p>Administrators are left out: somebody has to set an Organization active again, and they read no records.
 */
public final class ActiveCallerPolicy {

    /**
     * @param organization the caller's Organization as it is stored; empty when it has none or none is stored
     * @param practitionerActive of a clinician, whether the own Practitioner is stored and active; of others anything
     */
    public Decision decide(Caller caller, Optional<RegisteredOrganization> organization, boolean practitionerActive) {
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return Decision.Permit.of("active", "an administrator may set others active");
        }
        if (organization.isPresent() && !organization.get().active()) {
            return new Decision.Deny(
                    DenialCode.CALLER_INACTIVE,
                    "organization " + organization.get().id() + " is inactive");
        }
        if (caller.kind() == CallerKind.CLINICIAN && !practitionerActive) {
            return new Decision.Deny(DenialCode.CALLER_INACTIVE, caller.fhirUser() + " is inactive or not stored");
        }
        return Decision.Permit.of("active", "the caller and its organization are active");
    }
}
