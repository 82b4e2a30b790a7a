package eu.sinusnode.server.therapy;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * Stores who released a plan in the transaction in which the plan begins to hold, with the server's rights: a clinician may not write
 * Provenances.
 */
@Interceptor
public final class ReleaseRecorder {

    /** Attribute of the request of that transaction, which this server alone sets: the Provenance. */
    static final String RELEASE = ReleaseRecorder.class.getName() + ".release";

    private final DaoRegistry daos;

    ReleaseRecorder(DaoRegistry daos) {
        this.daos = daos;
    }

    /** Called inside of the transaction, after all its entries. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        if (resource instanceof CarePlan
                && request instanceof ServletRequestDetails servlet
                && servlet.getServletRequest().getAttribute(RELEASE) instanceof Provenance release) {
            daos.getResourceDao(Provenance.class).update(release, new SystemRequestDetails());
        }
    }
}
