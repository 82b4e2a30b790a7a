package eu.sinusnode.server.measurements;

import eu.sinusnode.server.lane.VitalCode;
import eu.sinusnode.server.lane.WithoutReading;
import eu.sinusnode.server.population.CurrentRecords;
import eu.sinusnode.server.population.FoundVital;
import eu.sinusnode.server.records.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
        List<VitalCode> vitals = asked.vitalCodes();
        Map<VitalCode, List<FoundVital>> first = lane.newest(patient, vitals, asked, asked.max() + 1);
        Map<String, StoredRecord> read =
                read(first.values().stream().flatMap(List::stream).toList());
        for (VitalCode code : vitals) {
            walk(permitted, patient, code, asked, first.getOrDefault(code, List.of()), read, groups);
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

    /**
     * @param first its newest, one more than are asked for
     * @param firstRead what they say
     */
    private void walk(
            PermittedRecords.Of permitted,
            UUID patient,
            VitalCode code,
            NewestAsked asked,
            List<FoundVital> first,
            Map<String, StoredRecord> firstRead,
            CodeGroups<Observation> groups) {
        int given = 0;
        Instant last = Instant.MAX;
        int most = asked.max() + 1;
        List<FoundVital> found = first;
        Map<String, StoredRecord> read = firstRead;
        while (true) {
            for (FoundVital vital : found) {
                if (given >= asked.max() && vital.at().isBefore(last)) {
                    return;
                }
                StoredRecord record = read.get(vital.observation().toString());
                Optional<Observation> observation = record == null ? Optional.empty() : permitted.permitted(record);
                if (observation.isPresent() && add(observation.get(), asked, groups)) {
                    given++;
                    last = vital.at();
                }
            }
            if (found.size() < most) {
                return;
            }
            FoundVital place = found.get(found.size() - 1);
            most = Math.min(MOST_AT_ONCE, most * FURTHER);
            found = lane.next(patient, code, asked, place, most);
            read = read(found);
        }
    }

    private Map<String, StoredRecord> read(List<FoundVital> found) {
        return records.observations(found.stream().map(FoundVital::observation).toList()).stream()
                .collect(Collectors.toMap(StoredRecord::id, record -> record));
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
