package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of directives and memberships as the policies read them: always from the database, never from a cache. */
public interface PermitDirectory {

    /**
     * Directives of the named patients that hold at an instant and are about the organization, or everybody, and the
     * purpose, or every one. Those about a person come too.
     */
    List<Directive> directivesOf(Collection<String> patientIds, String organizationId, Purpose purpose, Instant at);

    /**
     * Those of the named patients to whom the party is linked in this way at the instant.
     *
     * @param partyId id of an Organization; of a RelatedPerson for {@link Relationship#REPRESENTATIVE}
     */
    Set<String> relatedAmong(Collection<String> patientIds, String partyId, Relationship relationship, Instant at);

    /**
     * Those of the named patients to whom the organization is linked in this way at the instant, each with its
     * directives: what {@link #relatedAmong} and {@link #directivesOf} tell, at once.
     *
     * @return by patient id; a patient without an entry is not linked
     */
    Map<String, List<Directive>> directivesOfRelated(
            Collection<String> patientIds,
            String organizationId,
            Relationship relationship,
            Purpose purpose,
            Instant at);

    /**
     * Directives of a range of patients who are linked to the organization and have a permit for it and the purpose, ordered
     * by patient id; a deny may take all of it back.
     *
     * @param afterPatientId only patients whose id sorts after this one, or null for the first range
     * @param maxPatients how many patients at most
     */
    List<Directive> permittedPatients(
            String organizationId,
            Purpose purpose,
            Relationship relationship,
            @Nullable String afterPatientId,
            int maxPatients,
            Instant at);

    /** Those of the named patients whose records are restricted (Art. 18 GDPR); of them no directive is told. */
    Set<String> restrictedAmong(Collection<String> patientIds);
}
