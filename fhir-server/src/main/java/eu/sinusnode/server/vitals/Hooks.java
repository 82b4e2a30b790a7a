package eu.sinusnode.server.vitals;

import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.rest.api.InterceptorInvocationTimingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Date;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Observation;

/** Tells the storage's hooks of each new vital sign what HAPI tells them, in the same state and at the same moments. */
final class Hooks {

    private final IInterceptorBroadcaster listeners;
    private final RequestDetails request;
    private final TransactionDetails details;
    private int place;

    Hooks(IInterceptorBroadcaster listeners, RequestDetails request, TransactionDetails details) {
        this.listeners = listeners;
        this.request = request;
        this.details = details;
    }

    /** When the transaction is stored, to the millisecond. */
    Date at() {
        return details.getTransactionDate();
    }

    /**
     * With the id that it will have.
     *
     * @throws IllegalStateException when a hook made something else of it, which is not known here
     */
    void beforeStorage(Observation vital) {
        vital.setId(VitalId.of(at(), place++).toString());
        listeners.callHooks(
                Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED,
                parameters(vital).add(RequestPartitionId.class, RequestPartitionId.allPartitions()));
        if (!NewVitals.isPlain(vital)) {
            throw new IllegalStateException("A hook has made something else of a vital sign of the plainest form.");
        }
    }

    /** As it is stored, with version and time. */
    void beforeCommit(Observation vital) {
        listeners.callHooks(
                Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED,
                parameters(vital).add(InterceptorInvocationTimingEnum.class, InterceptorInvocationTimingEnum.DEFERRED));
    }

    private HookParams parameters(Observation vital) {
        return new HookParams()
                .add(IBaseResource.class, vital)
                .add(RequestDetails.class, request)
                .addIfMatchesType(ServletRequestDetails.class, request)
                .add(TransactionDetails.class, details);
    }
}
