package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Who has opened whose record: always from the database, never from a cache. */
@FunctionalInterface
public interface Openings {

    /** Nothing is open: for records that leave in bulk, by Consents alone. */
    Openings NONE = (patientIds, caller, at) -> Map.of();

    /** Those of the named patients whom this very person has opened for its organization, by patient id. */
    Map<String, Opening> of(Collection<String> patientIds, Caller caller, Instant at);
}
