package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The permit and membership tables as the policies read them: always from the database, never from a cache. */
public interface PermitDirectory {

    /** Permits of the named patients that hold at an instant for the organization and purpose. */
    List<Permit> permitsOf(Collection<String> patientIds, String organizationId, Purpose purpose, Instant at);

    /**
     * Those of the named patients to whom the party is linked in this way at the instant.
     *
     * @param partyId id of an Organization; of a RelatedPerson for {@link Relationship#REPRESENTATIVE}
     */
    Set<String> relatedAmong(Collection<String> patientIds, String partyId, Relationship relationship, Instant at);

    /**
     * Those of the named patients to whom the organization is linked in this way at the instant, each with the permits
     * that hold for it and the purpose: what {@link #relatedAmong} and {@link #permitsOf} tell, at once.
     *
     * @return by patient id; a patient without an entry is not linked
     */
    Map<String, List<Permit>> permitsOfRelated(
            Collection<String> patientIds,
            String organizationId,
            Relationship relationship,
            Purpose purpose,
            Instant at);

    /**
     * Permits of a range of patients who are linked to the organization and permit the purpose, ordered by patient id.
     *
     * @param afterPatientId only patients whose id sorts after this one, or null for the first range
     * @param maxPatients how many patients at most
     */
    List<Permit> permittedPatients(
            String organizationId,
            Purpose purpose,
            Relationship relationship,
            @Nullable String afterPatientId,
            int maxPatients,
            Instant at);
}
