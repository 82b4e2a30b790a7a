package eu.sinusnode.server.records;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.narrowing.RecordLabels;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Labels each version of a record before it is indexed and stored, on whatever way it comes. */
@Interceptor
public class LabelInterceptor {

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(IBaseResource resource, @Nullable RequestDetails request) {
        label(null, resource, request);
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void updated(@Nullable IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        label(before, resource, request);
    }

    private static void label(
            @Nullable IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        if (resource instanceof Resource version && RecordLabels.areOn(version.fhirType())) {
            Set<Code> stored = before instanceof Resource was ? RecordLabels.of(was) : Set.of();
            RecordLabels.label(version, stored, isLoader(request));
        }
    }

    /** What the server writes by itself has no caller. */
    private static boolean isLoader(@Nullable RequestDetails request) {
        return request != null
                && CurrentCaller.find(request)
                        .map(Caller::kind)
                        .filter(CallerKind.ADMINISTRATOR::equals)
                        .isPresent();
    }
}
