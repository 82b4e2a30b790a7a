package eu.sinusnode.policy.access;

import org.hl7.fhir.r4.model.Resource;

/** Carries patches out on resources in memory; nothing is stored. */
public interface Patches {

    /** How a patch is written. */
    enum Language {
        JSON_PATCH,
        FHIRPATH_JSON,
        FHIRPATH_XML
    }

    /** @param text as it was sent */
    record Patch(Language language, String text) {}

    /**
     * A copy of the resource with every operation of the patch done, in their order.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException 400 for what is no patch, 422 with the index
     *     of the operation for what cannot be carried out
     */
    Resource apply(Patch patch, Resource resource);
}
