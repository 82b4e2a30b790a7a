package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Relationship;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One caller's standing towards patients, as the database has it at one instant: read once a patient and kept for the
 * one request, so that each step of it decides on the same facts.
 */
public final class PatientStandings {

    private final PermitDirectory directory;
    private final Openings openings;
    private final Caller caller;
    private final Instant at;
    private final Map<String, Standing> known = new HashMap<>();
    /** Of whom it was read before it was asked for, and what was found. */
    private final Set<String> ahead = new HashSet<>();

    private final Map<String, List<Directive>> relatedAhead = new HashMap<>();

    /** By links and Consents alone, whatever was opened. */
    public PatientStandings(PermitDirectory directory, Caller caller, Instant at) {
        this(directory, Openings.NONE, caller, at);
    }

    public PatientStandings(PermitDirectory directory, Openings openings, Caller caller, Instant at) {
        this.directory = directory;
        this.openings = openings;
        this.caller = caller;
        this.at = at;
    }

    /** The instant that the request is decided at. */
    public Instant at() {
        return at;
    }

    public Standing of(String patientId) {
        return of(Set.of(patientId)).getOrDefault(patientId, new Standing(patientId, false, List.of()));
    }

    /** By patient id; one entry for each id asked for. */
    public synchronized Map<String, Standing> of(Collection<String> patientIds) {
        Set<String> unread = new LinkedHashSet<>(patientIds);
        unread.removeAll(known.keySet());
        if (!unread.isEmpty()) {
            read(unread);
        }
        Map<String, Standing> asked = new LinkedHashMap<>();
        patientIds.forEach(id -> asked.put(id, known.get(id)));
        return asked;
    }

    /**
     * Takes what was read on the way of patients who will be asked for.
     *
     * @param related as {@link PermitDirectory#directivesOfRelated} tells it, of this caller at this instant
     */
    public synchronized void readAhead(Collection<String> patientIds, Map<String, List<Directive>> related) {
        ahead.addAll(patientIds);
        relatedAhead.putAll(related);
    }

    /** Of everybody whose record it is; empty when it is nobody's or that cannot be told. */
    public Map<String, Standing> ofOwners(RecordFacts record) {
        return record.ownership() instanceof Ownership.OfPatients owners ? of(owners.patientIds()) : Map.of();
    }

    /**
     * The patients linked to the caller's organization who have a permit for its purpose, in the order of their ids. What was
     * opened is not among them: it is asked for by name.
     *
     * @param maxPatients how many at most
     */
    public List<Standing> permitted(int maxPatients) {
        return permitted(null, maxPatients);
    }

    /**
     * A range of them.
     *
     * @param afterPatientId only patients whose id sorts after this one; null for the first range
     */
    public synchronized List<Standing> permitted(@Nullable String afterPatientId, int maxPatients) {
        if (caller.organizationId() == null) {
            return List.of();
        }
        Map<String, List<Directive>> byPatient = directory
                .permittedPatients(
                        caller.organizationId(),
                        caller.purpose(),
                        caller.kind().relationship(),
                        afterPatientId,
                        maxPatients,
                        at)
                .stream()
                .collect(Collectors.groupingBy(Directive::patientId, LinkedHashMap::new, Collectors.toList()));
        byPatient.forEach((patientId, directives) -> known.put(patientId, new Standing(patientId, true, directives)));
        return byPatient.keySet().stream().map(known::get).toList();
    }

    private void read(Set<String> patientIds) {
        Map<String, List<Directive>> related = related(patientIds);
        Map<String, Opening> opened = openings.of(patientIds, caller, at);
        Set<String> restricted = restricted(patientIds, related);
        patientIds.forEach(id -> known.put(
                id,
                new Standing(
                        id,
                        related.containsKey(id),
                        related.getOrDefault(id, List.of()),
                        opened.get(id),
                        restricted.contains(id))));
    }

    /** Of a restricted record no directive is told, so that the others, and who needs none, are not asked about. */
    private Set<String> restricted(Set<String> patientIds, Map<String, List<Directive>> related) {
        return switch (caller.kind().relationship()) {
            case CARE_TEAM, COVERAGE, NONE_NEEDED -> {
                Set<String> silent = patientIds.stream()
                        .filter(id -> related.getOrDefault(id, List.of()).isEmpty())
                        .collect(Collectors.toSet());
                yield silent.isEmpty() ? Set.of() : directory.restrictedAmong(silent);
            }
            case SELF, REPRESENTATIVE, DEVICE, NO_RECORDS -> Set.of();
        };
    }

    /** The directives of those who are related to the caller. */
    private Map<String, List<Directive>> related(Set<String> patientIds) {
        Relationship relationship = caller.kind().relationship();
        String partyId = caller.partyId();
        return switch (relationship) {
            case SELF -> directivesOf(patientIds.stream().filter(caller::isSelf).collect(Collectors.toSet()));
            case CARE_TEAM, COVERAGE ->
                partyId == null ? Map.of() : directivesOfRelated(patientIds, partyId, relationship);
            case REPRESENTATIVE, DEVICE ->
                partyId == null
                        ? Map.of()
                        : directivesOf(directory.relatedAmong(patientIds, partyId, relationship, at));
            case NONE_NEEDED -> directivesOf(patientIds);
            case NO_RECORDS -> Map.of();
        };
    }

    private Map<String, List<Directive>> directivesOfRelated(
            Set<String> patientIds, String partyId, Relationship relationship) {
        return ahead.containsAll(patientIds)
                ? relatedAhead
                : directory.directivesOfRelated(patientIds, partyId, relationship, caller.purpose(), at);
    }

    private Map<String, List<Directive>> directivesOf(Set<String> patientIds) {
        Map<String, List<Directive>> directives = new HashMap<>();
        patientIds.forEach(id -> directives.put(id, List.of()));
        if (!patientIds.isEmpty() && caller.organizationId() != null) {
            directives.putAll(directory.directivesOf(patientIds, caller.organizationId(), caller.purpose(), at).stream()
                    .collect(Collectors.groupingBy(Directive::patientId)));
        }
        return directives;
    }
}
