package eu.sinusnode.policy.residency;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether data may go to a caller at all, by what is registered and stored of it: where it is, and that it is active. */
public final class CallerRegistration {

    private final ResidencyPolicy residency;
    private final ActiveCallerPolicy active = new ActiveCallerPolicy();
    private final OrganizationDirectory organizations;
    private final PractitionerDirectory practitioners;
    private final Supplier<LocalDate> today;

    /** @param today the day on which a decision is asked for */
    public CallerRegistration(
            ResidencyPolicy residency,
            OrganizationDirectory organizations,
            PractitionerDirectory practitioners,
            Supplier<LocalDate> today) {
        this.residency = residency;
        this.organizations = organizations;
        this.practitioners = practitioners;
        this.today = today;
    }

    public Decision decide(Caller caller) {
        return decide(caller, Optional.ofNullable(caller.organizationId()).flatMap(organizations::find));
    }

    /** @param organization the caller's, as it is stored now; empty when it has none or none is stored */
    public Decision decide(Caller caller, Optional<RegisteredOrganization> organization) {
        Decision inside = residency.decide(caller, organization, today.get());
        return inside instanceof Decision.Deny
                ? inside
                : active.decide(caller, organization, isActivePractitioner(caller));
    }

    /** Where an Organization is, as it is stored; empty when it is not stored or does not say. */
    public Optional<String> country(String organizationId) {
        return organizations.find(organizationId).map(RegisteredOrganization::country);
    }

    /** Asked for clinicians alone: every request of theirs costs a look. */
    private boolean isActivePractitioner(Caller caller) {
        String fhirUser = caller.fhirUser();
        return caller.kind() == CallerKind.CLINICIAN
                && fhirUser != null
                && practitioners.isActive(fhirUser.substring(fhirUser.indexOf('/') + 1));
    }
}
