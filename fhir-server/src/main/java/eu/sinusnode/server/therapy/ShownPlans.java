package eu.sinusnode.server.therapy;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RequestScope;
import org.hl7.fhir.r4.model.CarePlan;

/** Whether a caller would be shown a plan if its token had the scope for it: what Consents, labels and relationship leave. */
public final class ShownPlans {

    private static final Scopes WHOLE =
            Scopes.parse("patient/CarePlan.cruds user/CarePlan.cruds system/CarePlan.cruds");

    private final RequestScope scope;
    private final BulkDisclosure disclosure;

    ShownPlans(RequestScope scope, BulkDisclosure disclosure) {
        this.scope = scope;
        this.disclosure = disclosure;
    }

    boolean isShown(CarePlan plan, RequestDetails request) {
        return disclosure.decide(
                        CurrentCaller.require(request).with(WHOLE),
                        new RecordFactsReader(scope.references(request)).read(plan),
                        scope.standings(request))
                instanceof Decision.Permit;
    }
}
