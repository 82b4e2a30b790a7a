package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.consent.EmergencyReason;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.consent.Openings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Openings in a list. */
public final class FakeOpenings implements Openings {

    private record OfPerson(String organizationId, String person, Opening opening) {}

    private final List<OfPerson> opened = new ArrayList<>();

    public FakeOpenings open(String patientId, String organizationId, String person, Instant from, Instant until) {
        opened.add(new OfPerson(
                organizationId, person, new Opening("opening", patientId, EmergencyReason.ETREAT, from, until)));
        return this;
    }

    public void close() {
        opened.clear();
    }

    @Override
    public Map<String, Opening> of(Collection<String> patientIds, Caller caller, Instant at) {
        return opened.stream()
                .filter(each -> caller.kind() == CallerKind.CLINICIAN
                        && each.person().equals(caller.fhirUser())
                        && each.organizationId().equals(caller.organizationId()))
                .map(OfPerson::opening)
                .filter(opening -> patientIds.contains(opening.patientId()) && opening.holds(at))
                .collect(Collectors.toMap(Opening::patientId, opening -> opening));
    }
}
