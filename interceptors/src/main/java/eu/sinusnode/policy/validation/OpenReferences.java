package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.References;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;

/**
 * References as the writer of one record may know them: what it may not name is as unknown as what is not there. What comes
 * along in the same request is its own, and what the stored version names already it is not told anew.
 */
final class OpenReferences implements References {

    private final NamingPolicy policy;
    private final Caller caller;
    private final References references;
    private final Supplier<Set<String>> namedBefore;
    private final PatientStandings standings;
    private final Map<String, Optional<Resource>> known = new HashMap<>();
    private final Map<String, Decision.Deny> withheld = new LinkedHashMap<>();

    /**
     * @param references as they will be once the request is stored
     * @param namedBefore the canonical references of the stored version, and what a signed paper names; asked for only if
     *     something may not be named
     */
    OpenReferences(
            NamingPolicy policy,
            Caller caller,
            References references,
            Supplier<Set<String>> namedBefore,
            PatientStandings standings) {
        this.policy = policy;
        this.caller = caller;
        this.references = references;
        this.namedBefore = namedBefore;
        this.standings = standings;
    }

    @Override
    public Optional<String> canonical(String reference) {
        return references.canonical(reference);
    }

    @Override
    public Optional<Resource> find(String canonical) {
        Optional<Resource> open = known.get(canonical);
        if (open == null) {
            open = references.find(canonical).filter(record -> isOpen(canonical, record));
            known.put(canonical, open);
        }
        return open;
    }

    @Override
    public boolean isBrought(String canonical) {
        return references.isBrought(canonical);
    }

    /** For the audit: by patient id, why a record of that patient may not be named; of those that were asked for. */
    Map<String, Decision.Deny> withheld() {
        return withheld;
    }

    private boolean isOpen(String canonical, Resource record) {
        if (references.isBrought(canonical)) {
            return true;
        }
        RecordFacts facts = new RecordFactsReader(references).read(record);
        Decision decision = policy.decide(caller, facts, standings.ofOwners(facts), standings.at());
        if (!(decision instanceof Decision.Deny deny) || namedBefore.get().contains(canonical)) {
            return true;
        }
        if (facts.ownership() instanceof Ownership.OfPatients owners) {
            owners.patientIds().forEach(patientId -> withheld.putIfAbsent(patientId, deny));
        }
        return false;
    }
}
