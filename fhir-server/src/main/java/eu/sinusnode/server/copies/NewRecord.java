package eu.sinusnode.server.copies;

import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamDate;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamQuantity;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import java.util.Collection;
import java.util.List;

/**
 * A record that is to be stored, with what is indexed of it.
 *
 * @param id as it will have it
 * @param json as the storage keeps it, without what stands in columns
 * @param dates of which there is at least one
 */
public record NewRecord(
        String id,
        String json,
        Collection<ResourceIndexedSearchParamToken> tokens,
        Collection<ResourceIndexedSearchParamDate> dates,
        Collection<ResourceIndexedSearchParamQuantity> quantities,
        List<Link> links) {

    /**
     * A reference that can be searched by.
     *
     * @param path that HAPI keeps it under
     */
    public record Link(String path, String reference) {}
}
