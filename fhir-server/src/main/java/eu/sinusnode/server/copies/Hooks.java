package eu.sinusnode.server.copies;

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
import org.hl7.fhir.r4.model.Resource;

/** Tells the storage's hooks of each new record what HAPI tells them, in the same state and at the same moments. */
public final class Hooks {

    private final IInterceptorBroadcaster listeners;
    private final RequestDetails request;
    private final TransactionDetails details;

    public Hooks(IInterceptorBroadcaster listeners, RequestDetails request, TransactionDetails details) {
        this.listeners = listeners;
        this.request = request;
        this.details = details;
    }

    /** When the transaction is stored, to the millisecond. */
    public Date at() {
        return details.getTransactionDate();
    }

    /** With the id that it will have. A hook may make something else of it. */
    public void beforeStorage(Resource record) {
        listeners.callHooks(
                Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED,
                parameters(record).add(RequestPartitionId.class, RequestPartitionId.allPartitions()));
    }

    /** As it is stored, with version and time. */
    public void beforeCommit(Resource record) {
        listeners.callHooks(
                Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED,
                parameters(record)
                        .add(InterceptorInvocationTimingEnum.class, InterceptorInvocationTimingEnum.DEFERRED));
    }

    private HookParams parameters(Resource record) {
        return new HookParams()
                .add(IBaseResource.class, record)
                .add(RequestDetails.class, request)
                .addIfMatchesType(ServletRequestDetails.class, request)
                .add(TransactionDetails.class, details);
    }
}
