package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a search of named patients' records is decided on, read at once: both steps that need it ask the database the same way,
 * and going there costs more than what is read.
 */
public interface CallerLookup {

    /**
     * @param organizationId the caller's
     * @param relationship that the caller needs to a patient
     * @param patientIds whom the search names
     */
    Found find(
            String organizationId,
            Relationship relationship,
            Collection<String> patientIds,
            Purpose purpose,
            Instant at);

    /**
     * @param organization empty when it is not stored
     * @param directivesOfRelated by patient id, as {@link eu.sinusnode.policy.consent.PermitDirectory#directivesOfRelated}
     *     tells them
     */
    record Found(Optional<RegisteredOrganization> organization, Map<String, List<Directive>> directivesOfRelated) {}
}
