package eu.sinusnode.policy.narrowing;

import java.util.Optional;
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

    /** Whether the record comes with the request itself, so that its sender knows of it anyway. */
    default boolean isBrought(String canonical) {
        return false;
    }
}
