package eu.sinusnode.server.vitals;

import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamDate;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamQuantity;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import java.util.Collection;
import java.util.List;

/**
 * A vital sign that is to be stored, with what is indexed of it.
 *
 * @param id as the server assigns it
 * @param json as the storage keeps it, without what stands in columns
 */
record NewVital(
        String id,
        String json,
        Collection<ResourceIndexedSearchParamToken> tokens,
        ResourceIndexedSearchParamDate date,
        Collection<ResourceIndexedSearchParamQuantity> quantities,
        List<VitalIndex.Link> links) {}
