package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Permit;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.narrowing.Membership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Permits and memberships in lists. */
public final class FakePermits implements PermitDirectory {

    public final List<Permit> permits = new ArrayList<>();
    public final List<Membership> memberships = new ArrayList<>();

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
        permits.add(new Permit(
                patientId,
                "consent-" + patientId,
                1,
                "provision.provision[0]",
                organizationId,
                purpose,
                type,
                system,
                code,
                Instant.EPOCH,
                null));
        return this;
    }

    public FakePermits member(String patientId, String organizationId, Relationship relationship) {
        memberships.add(
                new Membership(patientId, organizationId, relationship, "CareTeam", "team", Instant.EPOCH, null));
        return this;
    }

    public void become(FakePermits other) {
        permits.clear();
        permits.addAll(other.permits);
        memberships.clear();
        memberships.addAll(other.memberships);
    }

    public void withdraw(String patientId) {
        permits.removeIf(permit -> permit.patientId().equals(patientId));
    }

    @Override
    public List<Permit> permitsOf(Collection<String> patientIds, String organizationId, Purpose purpose, Instant at) {
        return permits.stream()
                .filter(permit -> patientIds.contains(permit.patientId()))
                .filter(permit -> permit.organizationId().equals(organizationId) && permit.purpose() == purpose)
                .filter(permit -> new Validity(permit.validFrom(), permit.validTo()).contains(at))
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
    public Map<String, List<Permit>> permitsOfRelated(
            Collection<String> patientIds,
            String organizationId,
            Relationship relationship,
            Purpose purpose,
            Instant at) {
        return relatedAmong(patientIds, organizationId, relationship, at).stream()
                .collect(Collectors.toMap(id -> id, id -> permitsOf(Set.of(id), organizationId, purpose, at)));
    }

    @Override
    public List<Permit> permittedPatients(
            String organizationId,
            Purpose purpose,
            Relationship relationship,
            @Nullable String afterPatientId,
            int maxPatients,
            Instant at) {
        Set<String> all = permits.stream().map(Permit::patientId).collect(Collectors.toSet());
        Set<String> related =
                relationship == Relationship.NONE_NEEDED ? all : relatedAmong(all, organizationId, relationship, at);
        List<Permit> found = permitsOf(related, organizationId, purpose, at).stream()
                .filter(permit -> afterPatientId == null || permit.patientId().compareTo(afterPatientId) > 0)
                .sorted(Comparator.comparing(Permit::patientId))
                .toList();
        Set<String> first = found.stream()
                .map(Permit::patientId)
                .distinct()
                .limit(maxPatients)
                .collect(Collectors.toSet());
        return found.stream()
                .filter(permit -> first.contains(permit.patientId()))
                .toList();
    }
}
