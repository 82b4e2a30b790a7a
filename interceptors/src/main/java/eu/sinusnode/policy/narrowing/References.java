package eu.sinusnode.policy.narrowing;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** Finds what references name. A canonical reference is {@code Type/id}, or {@code urn:uuid:…} for a record yet to be stored. */
public interface References {

    /**
     * The canonical form of a literal reference, version and own base URL left out; empty for what names no record here
     * (a search URL, another server, a contained resource).
     */
    Optional<String> canonical(String reference);

    /** The record that a canonical reference names; empty when it is not known. */
    Optional<Resource> find(String canonical);

    /** The ids of stored records that one of the patients shares with somebody else, at most so many. */
    Set<String> shared(String resourceType, Collection<String> patientIds, int most);
}
