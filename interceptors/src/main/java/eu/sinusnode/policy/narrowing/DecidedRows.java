package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/** Decides on rows of the storage by the rules, as a search for each of their records would. */
final class DecidedRows {

    private final RecordVisibility visibility;
    private final WideRows rows;
    private final Caller caller;
    private final PatientStandings standings;
    private final RecordFactsReader reader;

    DecidedRows(
            RecordVisibility visibility,
            WideRows rows,
            Caller caller,
            PatientStandings standings,
            References references) {
        this.visibility = visibility;
        this.rows = rows;
        this.caller = caller;
        this.standings = standings;
        this.reader = new RecordFactsReader(references);
    }

    /** The ids, without the type, of the records that the caller may have, by row, in the order given. */
    Map<Long, String> visible(List<Long> some) {
        Map<Long, Resource> current = rows.records(some);
        Map<Long, RecordFacts> found = new LinkedHashMap<>();
        for (Long row : some) {
            Resource record = current.get(row);
            if (record != null) {
                found.put(row, reader.read(record));
            }
        }
        // Asked for together.
        standings.of(found.values().stream().flatMap(DecidedRows::patients).collect(Collectors.toSet()));
        Map<Long, String> visible = new LinkedHashMap<>();
        found.forEach((row, facts) -> {
            String id = facts.id();
            if (id != null && decide(facts) instanceof Decision.Permit) {
                visible.put(row, id);
            }
        });
        return visible;
    }

    private Decision decide(RecordFacts record) {
        return visibility.decideRecord(caller, Interaction.SEARCH, record, standings.ofOwners(record), standings.at());
    }

    private static Stream<String> patients(RecordFacts record) {
        return record.ownership() instanceof Ownership.OfPatients owners
                ? owners.patientIds().stream()
                : Stream.empty();
    }
}
