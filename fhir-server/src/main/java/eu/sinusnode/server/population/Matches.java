package eu.sinusnode.server.population;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** What a search has found, as the entries of its answer: their mode tells them from what comes along (search.html#mode). */
final class Matches {

    private Matches() {}

    static IBundleProvider page(List<Resource> found) {
        found.forEach(
                resource -> ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(resource, BundleEntrySearchModeEnum.MATCH));
        return new SimpleBundleProvider(List.copyOf(found));
    }
}
