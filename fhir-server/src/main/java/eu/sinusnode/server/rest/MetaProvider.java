package eu.sinusnode.server.rest;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.server.interactions.CurrentVersions;
import eu.sinusnode.server.interactions.Histories;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code $meta} of one record (FHIR R4, resource-operation-meta.html), which is a part of a read and decided and audited as
 * one. Over a type or the server it would be made of records that the caller may not know of. It changes nothing: profiles
 * and labels are what rules read, so they come with a write of the record.
 */
final class MetaProvider implements IResourceProvider {

    private final String resourceType;
    private final Class<? extends IBaseResource> type;
    private final CurrentVersions current;
    private final Histories histories;
    private final DisclosureGate gate;

    /** @param resourceType as FHIR names it; the class of a List has another name */
    MetaProvider(
            String resourceType,
            Class<? extends IBaseResource> type,
            CurrentVersions current,
            Histories histories,
            DisclosureGate gate) {
        this.resourceType = resourceType;
        this.type = type;
        this.current = current;
        this.histories = histories;
        this.gate = gate;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return type;
    }

    @Operation(name = AccessMatrix.META, idempotent = true)
    public Parameters meta(@IdParam IIdType id, RequestDetails request) {
        if (id.hasVersionIdPart()) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(DenialCode.OPERATION, "$meta is open on a record, and not on a version of it"),
                    null);
        }
        Resource record = read(id, request);
        if (!gate.mayTellOf(request, record)) {
            throw Denials.unknown(resourceType + "/" + id.getIdPart());
        }
        Parameters answer = new Parameters();
        answer.addParameter().setName("return").setValue(record.getMeta().copy());
        return answer;
    }

    private Resource read(IIdType id, RequestDetails request) {
        try {
            return (Resource) current.read(resourceType, type, id, request);
        } catch (ResourceGoneException gone) {
            throw histories.gone(resourceType, id, request);
        }
    }
}
