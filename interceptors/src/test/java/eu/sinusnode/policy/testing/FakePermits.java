package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.narrowing.Membership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Permits and memberships in lists. */
public final class FakePermits implements PermitDirectory {

    public final List<Directive> directives = new ArrayList<>();
    public final List<Membership> memberships = new ArrayList<>();

    public final Set<String> restricted = new HashSet<>();

    @Override
    public Set<String> restrictedAmong(Collection<String> patientIds) {
        return patientIds.stream().filter(restricted::contains).collect(Collectors.toSet());
    }

    public FakePermits permit(String patientId, String organizationId, Purpose purpose) {
        return permit(patientId, organizationId, purpose, null, null, null);
    }

    public FakePermits permit(
            String patientId,
            String organizationId,
            Purpose purpose,
            @Nullable String type,
            @Nullable String system,
            @Nullable String code) {
        directives.add(Directives.permit(
                patientId,
                organizationId,
                purpose,
                Directives.target(type, system == null || code == null ? null : new Code(system, code))));
        return this;
    }

    public FakePermits deny(
            String patientId, String organizationId, Purpose purpose, @Nullable String type, Code code) {
        directives.add(Directives.deny(patientId, organizationId, purpose, Directives.target(type, code)));
        return this;
    }

    public FakePermits member(String patientId, String organizationId, Relationship relationship) {
        memberships.add(
                new Membership(patientId, organizationId, relationship, "CareTeam", "team", Instant.EPOCH, null));
        return this;
    }

    public void become(FakePermits other) {
        directives.clear();
        directives.addAll(other.directives);
        memberships.clear();
        memberships.addAll(other.memberships);
        restricted.clear();
        restricted.addAll(other.restricted);
    }

    public void withdraw(String patientId) {
        directives.removeIf(directive -> directive.patientId().equals(patientId));
    }

    @Override
    public List<Directive> directivesOf(
            Collection<String> patientIds, String organizationId, Purpose purpose, Instant at) {
        String actor = "Organization/" + organizationId;
        return directives.stream()
                .filter(directive -> patientIds.contains(directive.patientId()))
                .filter(directive -> !restricted.contains(directive.patientId()))
                .filter(directive -> directive.actor() == null
                        || directive.actor().equals(actor)
                        || directive.actor().startsWith("Practitioner/"))
                .filter(directive -> directive.purpose() == null || directive.purpose() == purpose)
                .filter(directive -> directive.validity().contains(at))
                .toList();
    }

    @Override
    public Set<String> relatedAmong(
            Collection<String> patientIds, String partyId, Relationship relationship, Instant at) {
        return memberships.stream()
                .filter(member -> patientIds.contains(member.patientId()))
                .filter(member -> member.partyId().equals(partyId) && member.relationship() == relationship)
                .filter(member -> new Validity(member.validFrom(), member.validTo()).contains(at))
                .map(Membership::patientId)
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, List<Directive>> directivesOfRelated(
            Collection<String> patientIds,
            String organizationId,
            Relationship relationship,
            Purpose purpose,
            Instant at) {
        return relatedAmong(patientIds, organizationId, relationship, at).stream()
                .collect(Collectors.toMap(id -> id, id -> directivesOf(Set.of(id), organizationId, purpose, at)));
    }

    @Override
    public List<Directive> permittedPatients(
            String organizationId,
            Purpose purpose,
            Relationship relationship,
            @Nullable String afterPatientId,
            int maxPatients,
            Instant at) {
        Set<String> all = directives.stream()
                .filter(directive -> !restricted.contains(directive.patientId()))
                .filter(Directive::permits)
                .filter(permit ->
                        permit.purpose() == purpose && ("Organization/" + organizationId).equals(permit.actor()))
                .filter(permit -> permit.validity().contains(at))
                .map(Directive::patientId)
                .collect(Collectors.toSet());
        Set<String> related =
                relationship == Relationship.NONE_NEEDED ? all : relatedAmong(all, organizationId, relationship, at);
        List<Directive> found = directivesOf(related, organizationId, purpose, at).stream()
                .filter(permit -> afterPatientId == null || permit.patientId().compareTo(afterPatientId) > 0)
                .sorted(Comparator.comparing(Directive::patientId))
                .toList();
        Set<String> first = found.stream()
                .map(Directive::patientId)
                .distinct()
                .limit(maxPatients)
                .collect(Collectors.toSet());
        return found.stream()
                .filter(permit -> first.contains(permit.patientId()))
                .toList();
    }
}
