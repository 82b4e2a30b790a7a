package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.authentication.AuthenticationPolicy;
import eu.sinusnode.policy.authentication.AuthenticationPolicy.Identification;
import eu.sinusnode.policy.consent.Openings;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.residency.CallerRegistration;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a read of one record would decide, asked where no FHIR request is under way: the same policies in the same order,
 * on the same facts. Who asks shows nothing of the record.
 */
public final class RecordAccess {

    private final AuthenticationPolicy authentication = new AuthenticationPolicy();
    private final CallerRegistration registration;
    private final DisclosurePolicy disclosure;
    private final PermitDirectory permits;
    private final Openings openings;
    private final StoredRecords stored;
    private final Clock clock;
    private final String serverBase;

    public RecordAccess(
            CallerRegistration registration,
            DisclosurePolicy disclosure,
            PermitDirectory permits,
            Openings openings,
            StoredRecords stored,
            Clock clock,
            String serverBase) {
        this.registration = registration;
        this.disclosure = disclosure;
        this.permits = permits;
        this.openings = openings;
        this.stored = stored;
        this.clock = clock;
        this.serverBase = serverBase;
    }

    /**
     * Who the claims of a verified token identify, and whether data may go to them at all: the steps that come before
     * any record is looked at.
     */
    public Identification identify(Map<String, Object> claims) {
        Identification identification = authentication.identify(claims);
        if (identification instanceof Identification.Identified identified) {
            Caller caller = identified.caller();
            if (registration.decide(caller) instanceof Decision.Deny deny) {
                return new Identification.Refused(deny);
            }
        }
        return identification;
    }

    /**
     * Whether the caller would get the record by reading it; empty when there is no such record. A refusal that {@link
     * eu.sinusnode.policy.access.DenialCode#hidesExistence() hides existence} must be answered like the empty one.
     */
    public Optional<Decision> read(Caller caller, String resourceType, String id) {
        Decision open = disclosure.decideType(caller, resourceType, Interaction.READ);
        if (open instanceof Decision.Deny) {
            return Optional.of(open);
        }
        return stored.current(resourceType, id).map(record -> decide(caller, record));
    }

    private Decision decide(Caller caller, Resource record) {
        RecordFacts facts = new RecordFactsReader(new StoredReferences(stored, serverBase)).read(record);
        PatientStandings standings = new PatientStandings(permits, openings, caller, clock.instant());
        return disclosure.decide(caller, Interaction.READ, facts, standings.ofOwners(facts), standings.at());
    }
}
