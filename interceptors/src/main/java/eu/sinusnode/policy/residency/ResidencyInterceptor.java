package eu.sinusnode.policy.residency;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import java.util.Optional;
import java.util.function.Function;

/** Second step: a caller from outside the tier, or one that is no longer active, gets nothing, whatever it asks for. */
@Interceptor
public final class ResidencyInterceptor {

    private final CallerRegistration registration;
    private final Function<RequestDetails, Optional<RegisteredOrganization>> organizations;

    /** @param organizations the caller's of a request; empty when it has none or none is stored */
    public ResidencyInterceptor(
            CallerRegistration registration, Function<RequestDetails, Optional<RegisteredOrganization>> organizations) {
        this.registration = registration;
        this.organizations = organizations;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.RESIDENCY)
    public void check(RequestDetails request) {
        if (request.getRestOperationType() == RestOperationTypeEnum.METADATA) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        Decision decision = registration.decide(caller, organizations.apply(request));
        if (decision instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, null);
        }
    }
}
