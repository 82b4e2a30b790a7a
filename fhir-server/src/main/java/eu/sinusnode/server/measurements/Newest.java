package eu.sinusnode.server.measurements;

import eu.sinusnode.server.lane.VitalCode;
import eu.sinusnode.server.lane.WithoutReading;
import eu.sinusnode.server.population.CurrentRecords;
import eu.sinusnode.server.population.FoundVital;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/**
 * The newest Observations of each group of codes. Vital signs are walked newest first, until enough of a code are
 * permitted; of all others every one that is asked for is looked at.
 */
final class Newest {

    /** As many times more at once when what was found first was not given, or is not told from what comes next. */
    private static final int FURTHER = 8;

    private static final int MOST_AT_ONCE = 200;

    private final LaneWalk lane;
    private final CurrentRecords records;
    private final StoredObservations others;

    Newest(LaneWalk lane, CurrentRecords records, StoredObservations others) {
        this.lane = lane;
        this.records = records;
        this.others = others;
    }

    /** One group after the other, each newest first. */
    List<Observation> find(PermittedRecords.Of permitted, UUID patient, NewestAsked asked) {
        CodeGroups<Observation> groups = new CodeGroups<>(asked.max());
        for (VitalCode code : asked.vitalCodes()) {
            walk(permitted, patient, code, asked, groups);
        }
        Set<String> codes = asked.otherCodes();
        if (asked.codes().isEmpty() || !codes.isEmpty()) {
            others.find(
                    permitted,
                    patient,
                    new StoredObservations.Asked(
                            Set.of("code"), codes.isEmpty() ? null : codes, asked.categoryCodes(), !codes.isEmpty()),
                    observation -> add(observation, asked, groups));
        }
        return groups.newest().stream()
                .flatMap(List::stream)
                .map(CodeGroups.Entry::record)
                .toList();
    }

    private void walk(
            PermittedRecords.Of permitted,
            UUID patient,
            VitalCode code,
            NewestAsked asked,
            CodeGroups<Observation> groups) {
        int given = 0;
        Instant last = Instant.MAX;
        FoundVital at = null;
        int most = asked.max() + 1;
        List<FoundVital> found;
        do {
            found = lane.next(patient, code, asked, at, most);
            Map<String, Observation> read = permitted(permitted, found);
            for (FoundVital vital : found) {
                at = vital;
                if (given >= asked.max() && vital.at().isBefore(last)) {
                    return;
                }
                Observation observation = read.get(vital.observation().toString());
                if (observation != null && add(observation, asked, groups)) {
                    given++;
                    last = vital.at();
                }
            }
            most = found.size() < most ? 0 : Math.min(MOST_AT_ONCE, Math.max(most, 1) * FURTHER);
        } while (most > 0);
    }

    private Map<String, Observation> permitted(PermittedRecords.Of permitted, List<FoundVital> found) {
        Map<String, Observation> read = new TreeMap<>();
        records.observations(found.stream().map(FoundVital::observation).toList()).stream()
                .flatMap(record -> permitted.permitted(record).stream())
                .forEach(observation -> read.put(observation.getIdElement().getIdPart(), observation));
        return read;
    }

    private static boolean add(Observation observation, NewestAsked asked, CodeGroups<Observation> groups) {
        if (!asked.matches(observation)) {
            return false;
        }
        Instant at =
                WithoutReading.date(observation.getEffective()).getValueLow().toInstant();
        groups.add(
                NewestAsked.groupKeys(observation),
                new CodeGroups.Entry<>(at, observation.getIdElement().getIdPart(), observation));
        return true;
    }
}
