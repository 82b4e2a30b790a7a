package eu.sinusnode.server.upload;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.narrowing.ConditionalCreate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;

/**
 * Gives the create of a vital that is stored already the condition that its sender left out, so that it is answered with
 * the stored one. It comes before the policies, which treat that condition like one that was sent.
 */
@Interceptor
public final class RepeatedUploadInterceptor {

    private final VitalIdentifierTable table;
    private final ConditionalCreate conditions = new ConditionalCreate();

    public RepeatedUploadInterceptor(VitalIdentifierTable table) {
        this.table = table;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.BUNDLE_AUTHORIZATION - 1)
    public void recognise(RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        if (operation == RestOperationTypeEnum.TRANSACTION && request.getResource() instanceof Bundle bundle) {
            ofTransaction(bundle);
        } else if (operation == RestOperationTypeEnum.CREATE
                && request.getResource() instanceof Observation observation
                && request.getConditionalUrl(RestOperationTypeEnum.CREATE) == null) {
            ofCreate(request, observation);
        }
    }

    private void ofTransaction(Bundle bundle) {
        Map<VitalIdentifier, BundleEntryComponent> created = new HashMap<>();
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getResource() instanceof Observation observation && isPlainCreate(entry)) {
                for (VitalIdentifier identifier : VitalIdentifier.of(observation)) {
                    if (created.put(identifier, entry) != null) {
                        throw new UnprocessableEntityException("The Bundle creates two Observations of one patient with"
                                + " the same vital identifier; send each vital once.");
                    }
                }
            }
        }
        for (VitalIdentifier known : table.known(created.keySet())) {
            BundleEntryComponent entry = created.get(known);
            if (entry != null) {
                entry.getRequest().setIfNoneExist(known.condition());
            }
        }
    }

    private static boolean isPlainCreate(BundleEntryComponent entry) {
        return entry.getRequest().getMethod() == HTTPVerb.POST
                && !entry.getRequest().hasIfNoneExist();
    }

    private void ofCreate(RequestDetails request, Observation observation) {
        Set<VitalIdentifier> known = table.known(new HashSet<>(VitalIdentifier.of(observation)));
        known.stream()
                .findFirst()
                .map(identifier -> conditions.narrow(identifier.condition(), observation))
                .filter(ConditionalCreate.Outcome.Narrowed.class::isInstance)
                .map(ConditionalCreate.Outcome.Narrowed.class::cast)
                .ifPresent(narrowed -> request.setFixedConditionalUrl(narrowed.url()));
    }
}
