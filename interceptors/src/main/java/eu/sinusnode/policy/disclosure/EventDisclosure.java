package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.residency.CallerRegistration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a subscriber may be told of a record: whether it would get the record by reading it now. What was opened in an
 * emergency is open to be read by a person, and is told to nobody.
 */
public final class EventDisclosure {

    private final CallerRegistration registration;
    private final DisclosurePolicy disclosure;
    private final PermitDirectory permits;
    private final StoredRecords stored;
    private final String serverBase;

    public EventDisclosure(
            CallerRegistration registration,
            DisclosurePolicy disclosure,
            PermitDirectory permits,
            StoredRecords stored,
            String serverBase) {
        this.registration = registration;
        this.disclosure = disclosure;
        this.permits = permits;
        this.stored = stored;
        this.serverBase = serverBase;
    }

    /** Whether data may still go to the caller at all. */
    public Decision decideRecipient(Caller caller) {
        return registration.decide(caller);
    }

    /** Matrix and scope. */
    public Decision decideType(Caller caller, String resourceType) {
        return disclosure.decideType(caller, resourceType, Interaction.READ);
    }

    /**
     * What is decided on, as it is now.
     *
     * @param paths {@code Type/id}
     * @return by path; without what is unknown or deleted
     */
    public Map<String, RecordFacts> facts(Collection<String> paths) {
        StoredReferences references = new StoredReferences(stored, serverBase);
        references.expect(paths);
        RecordFactsReader reader = new RecordFactsReader(references);
        Map<String, RecordFacts> facts = new LinkedHashMap<>();
        for (String path : paths) {
            references.find(path).ifPresent(record -> facts.put(path, reader.read(record)));
        }
        return facts;
    }

    /** How the caller stands towards patients at the instant; nothing has been read yet. */
    public PatientStandings standings(Caller caller, Instant at) {
        return new PatientStandings(permits, caller, at);
    }

    public Decision decide(Caller caller, RecordFacts record, PatientStandings standings) {
        return disclosure.decide(caller, Interaction.READ, record, standings.ofOwners(record), standings.at());
    }
}
