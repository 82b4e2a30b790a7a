package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.Narrowing.Withheld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** Decides records that a search names one by one, before it runs. */
final class NamedRecords {

    /** How many records one parameter may name. */
    static final int MOST = 100;

    private final RecordVisibility visibility;
    private final Caller caller;
    private final String searchedType;
    private final PatientStandings standings;
    private final References references;
    private final RecordFactsReader reader;
    private final List<Withheld> withheld = new ArrayList<>();
    /** By reference: whose the records are that the caller may have. */
    private final Map<String, Set<String>> owners = new HashMap<>();

    NamedRecords(
            RecordVisibility visibility,
            Caller caller,
            String searchedType,
            PatientStandings standings,
            References references) {
        this.visibility = visibility;
        this.caller = caller;
        this.searchedType = searchedType;
        this.standings = standings;
        this.references = references;
        this.reader = new RecordFactsReader(references);
    }

    /** Those values that name records which the caller may have. */
    List<String> permitted(List<String> values, String prefix) {
        return values.stream().filter(value -> mayHave(prefix + value)).toList();
    }

    /** Patients whose record this is, by id; of one that the caller may have. */
    Set<String> ownersOf(String reference) {
        return owners.getOrDefault(reference, Set.of());
    }

    /** Records that exist and were refused so far; unknown ones are no refusals. */
    List<Withheld> withheld() {
        return withheld;
    }

    private boolean mayHave(String reference) {
        Optional<Resource> record = references.canonical(reference).flatMap(references::find);
        if (record.isEmpty()) {
            return false;
        }
        RecordFacts facts = reader.read(record.get());
        // A record that is named by a reference is not asked for itself, so no scope for its type is needed.
        Interaction interaction = facts.resourceType().equals(searchedType) ? Interaction.SEARCH : null;
        Map<String, Standing> ofOwners = standings.ofOwners(facts);
        Decision decision = visibility.decideRecord(caller, interaction, facts, ofOwners, standings.at());
        if (decision instanceof Decision.Deny deny) {
            withheld.add(new Withheld(
                    deny, ofOwners.size() == 1 ? ofOwners.keySet().iterator().next() : null));
            return false;
        }
        owners.put(reference, Set.copyOf(ofOwners.keySet()));
        return true;
    }
}
