package eu.sinusnode.server.upload;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.narrowing.BroughtBefore;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.narrowing.SentRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;

/**
 * Gives the create of a vital that its sender has brought already the condition that was left out, so that it is answered
 * with the stored one. It comes before the policies, which treat that condition like one that was sent.
 */
@Interceptor
public final class RepeatedUploadInterceptor {

    private final SentRecords sent;

    public RepeatedUploadInterceptor(SentRecords sent) {
        this.sent = sent;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.BUNDLE_AUTHORIZATION - 1)
    public void recognise(RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        if (operation == RestOperationTypeEnum.TRANSACTION && request.getResource() instanceof Bundle bundle) {
            ofTransaction(request, bundle);
        } else if (operation == RestOperationTypeEnum.CREATE
                && request.getResource() instanceof Observation observation
                && request.getConditionalUrl(RestOperationTypeEnum.CREATE) == null) {
            ofCreate(request, observation);
        }
    }

    private void ofTransaction(RequestDetails request, Bundle bundle) {
        Map<SentIdentifier, BundleEntryComponent> created = new HashMap<>();
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getResource() instanceof Observation observation && isPlainCreate(entry)) {
                for (SentIdentifier identifier : vitals(observation)) {
                    if (created.put(identifier, entry) != null) {
                        throw new UnprocessableEntityException("The Bundle creates two Observations of one patient with"
                                + " the same vital identifier; send each vital once.");
                    }
                }
            }
        }
        for (SentIdentifier known : known(request, created.keySet()).keySet()) {
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
        known(request, vitals(observation)).values().stream()
                .findFirst()
                .ifPresent(
                        id -> request.setFixedConditionalUrl(BroughtBefore.note(request, observation.fhirType(), id)));
    }

    private Map<SentIdentifier, String> known(RequestDetails request, Collection<SentIdentifier> identifiers) {
        return identifiers.isEmpty() ? Map.of() : sent.find(Sender.of(CurrentCaller.require(request)), identifiers);
    }

    private static List<SentIdentifier> vitals(Observation observation) {
        return SentIdentifier.of(observation).stream()
                .filter(SentIdentifier::isVital)
                .toList();
    }
}
