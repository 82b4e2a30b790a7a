package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whose records the history of a type may be looked for in; each version is decided by itself after that. */
public final class HistoryNarrowing {

    private final RecordVisibility visibility;
    private final int maxPatients;

    /** @param maxPatients how many patients are named to the storage */
    public HistoryNarrowing(RecordVisibility visibility, int maxPatients) {
        this.visibility = visibility;
        this.maxPatients = maxPatients;
    }

    /** What the database is asked for. */
    public sealed interface Reach {
        record OfPatients(Set<String> patientIds) implements Reach {
            public OfPatients {
                patientIds = Set.copyOf(patientIds);
            }
        }

        /** Of everybody who permits the caller something of the type: more than can be named. */
        record OfPermitted() implements Reach {}

        /** Nobody's records, which the access matrix alone decides on. */
        record Directory() implements Reach {}

        record Refused(Decision.Deny deny) implements Reach {}
    }

    public Reach reach(Caller caller, String resourceType, PatientStandings standings) {
        if (OwnerRules.isDirectory(resourceType) || resourceType.equals("Group")) {
            return new Reach.Directory();
        }
        if (OwnerParameters.of(resourceType).isEmpty()) {
            return new Reach.Refused(new Decision.Deny(
                    DenialCode.SEARCH_TOO_WIDE, "the history of " + resourceType + " cannot be narrowed to patients"));
        }
        Optional<String> onlyPatient = visibility.confinedTo(caller, resourceType, Interaction.SEARCH);
        if (onlyPatient.isPresent()) {
            return visible(
                    caller,
                    resourceType,
                    standings.of(Set.of(onlyPatient.get())).values(),
                    standings);
        }
        if (caller.organizationId() == null) {
            return new Reach.OfPatients(Set.of());
        }
        List<Standing> permitted = standings.permitted(maxPatients + 1);
        return permitted.size() > maxPatients
                ? new Reach.OfPermitted()
                : visible(caller, resourceType, permitted, standings);
    }

    private Reach visible(Caller caller, String resourceType, Collection<Standing> asked, PatientStandings standings) {
        Set<String> patients = new TreeSet<>();
        for (Standing standing : asked) {
            Question question = new Question(caller, Interaction.SEARCH, resourceType, standing, standings.at());
            if (!(visibility.extent(question) instanceof Extent.Nothing)) {
                patients.add(standing.patientId());
            }
        }
        return new Reach.OfPatients(patients);
    }
}
