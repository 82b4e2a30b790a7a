package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.projection.RulesOverTime;
import eu.sinusnode.server.projection.StoredHistory;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What a caller could have had since it exported the last time, and may not have any more because of what patients have
 * said meanwhile: it is told to delete that. Only who is still linked to a patient is told anything of that patient, and
 * nothing of records that came into being after they were closed.
 */
public final class Withdrawals {

    /** Those who need permits; the others' access ends in other ways. */
    private static final Set<Relationship> BY_CONSENT =
            Set.of(Relationship.CARE_TEAM, Relationship.COVERAGE, Relationship.NONE_NEEDED);

    private final BulkDisclosure disclosure;
    private final StoredHistory history;
    private final Caller caller;
    private final @Nullable Instant since;
    private final Map<String, RulesOverTime> rules = new HashMap<>();
    private final Map<Then, Boolean> links = new HashMap<>();

    private record Then(String patientId, Instant at) {}

    /** @param since the last time; null when there was none, and so nothing to be taken back */
    public Withdrawals(BulkDisclosure disclosure, StoredHistory history, Caller caller, @Nullable Instant since) {
        this.disclosure = disclosure;
        this.history = history;
        this.caller = caller;
        this.since = since;
    }

    /** Whose rules may have changed, in the order of their ids. */
    SortedSet<String> patients(Instant now) {
        Relationship relationship = caller.kind().relationship();
        String organization = caller.organizationId();
        return since == null || organization == null || !BY_CONSENT.contains(relationship)
                ? Collections.emptySortedSet()
                : history.changed(organization, relationship, since, now);
    }

    /**
     * Whether a record was withdrawn.
     *
     * @param last its current version, or the last one before it was deleted
     * @param record what is decided on
     */
    public boolean isWithdrawn(Resource last, RecordFacts record, PatientStandings now) {
        Instant first = since;
        Map<String, Standing> owners = now.ofOwners(record);
        if (first == null || owners.isEmpty() || permits(record, owners, now.at())) {
            return false;
        }
        if (permits(record, at(now.at(), owners.values(), first), now.at())) {
            // What the patient permits and nobody gets meanwhile is restricted, and was not withdrawn.
            return false;
        }
        Optional<Instant> created = created(last);
        return created.isPresent()
                && decisiveInstants(owners.values(), first, created.get(), now.at()).stream()
                        .anyMatch(then -> permits(record, at(then, owners.values(), first), then));
    }

    /** Most records have one version; only of the others it must be asked. */
    private Optional<Instant> created(Resource last) {
        return "1".equals(last.getMeta().getVersionId()) && last.getMeta().hasLastUpdated()
                ? Optional.of(last.getMeta().getLastUpdated().toInstant())
                : history.created(last.getIdElement());
    }

    /** One within each stretch of time in which the record was there and nothing began or ended. */
    private SortedSet<Instant> decisiveInstants(
            Iterable<Standing> owners, Instant first, Instant created, Instant now) {
        SortedSet<Instant> changes = new TreeSet<>(Set.of(first));
        owners.forEach(owner -> changes.addAll(rules(owner.patientId(), first).changes()));
        SortedSet<Instant> decisive = new TreeSet<>();
        List<Instant> ordered = List.copyOf(changes);
        for (int i = 0; i < ordered.size(); i++) {
            Instant begins = latest(ordered.get(i), latest(first, created));
            Instant ends = i + 1 < ordered.size() ? ordered.get(i + 1) : now;
            if (begins.isBefore(ends) && begins.isBefore(now)) {
                decisive.add(begins);
            }
        }
        return decisive;
    }

    private Map<String, Standing> at(Instant then, Iterable<Standing> owners, Instant first) {
        Map<String, Standing> standings = new HashMap<>();
        owners.forEach(owner -> standings.put(
                owner.patientId(),
                new Standing(
                        owner.patientId(),
                        owner.related() && wasLinked(new Then(owner.patientId(), then)),
                        rules(owner.patientId(), first).at(then))));
        return standings;
    }

    /** Who was linked later than the permit ended never could have the record. */
    private boolean wasLinked(Then then) {
        return links.computeIfAbsent(then, key -> disclosure
                .standings(caller, key.at())
                .of(key.patientId())
                .related());
    }

    private RulesOverTime rules(String patientId, Instant first) {
        return rules.computeIfAbsent(patientId, id -> history.rules(id, first));
    }

    private boolean permits(RecordFacts record, Map<String, Standing> owners, Instant at) {
        return disclosure.decide(caller, record, owners, at) instanceof Decision.Permit;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
