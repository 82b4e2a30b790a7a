package eu.sinusnode.server.subscriptions;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.EventDisclosure;
import eu.sinusnode.server.subscriptions.Notifications.Told;
import eu.sinusnode.server.subscriptions.SubscriptionTable.KeptEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a Subscription's client was told before, told again: of each event it is decided anew, for the token that asks. What may
 * not be told any more is left out.
 */
final class ToldEvents {

    /** Events in one answer; fewer mean that there are no more. */
    static final int MOST = 100;

    private final SubscriptionTable table;
    private final EventDisclosure disclosure;
    private final Clock clock;

    ToldEvents(SubscriptionTable table, EventDisclosure disclosure, Clock clock) {
        this.table = table;
        this.disclosure = disclosure;
        this.clock = clock;
    }

    /** In the order of their numbers. */
    List<Told> of(StoredSubscription own, AskedEvents asked, RequestDetails request) {
        PatientStandings standings = disclosure.standings(CurrentCaller.require(request), clock.instant());
        List<Told> told = new ArrayList<>();
        long from = asked.since();
        List<KeptEvent> kept;
        do {
            kept = table.told(own.id(), from, asked.until(), MOST - told.size());
            told.addAll(permitted(own, kept, standings, request));
            from = kept.isEmpty() ? from : kept.get(kept.size() - 1).number() + 1;
        } while (!kept.isEmpty() && told.size() < MOST);
        return told;
    }

    private List<Told> permitted(
            StoredSubscription own, List<KeptEvent> kept, PatientStandings standings, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        String type = own.order().criteria().resourceType();
        Map<String, RecordFacts> facts = disclosure.facts(
                kept.stream().map(event -> type + "/" + event.record()).toList());
        Set<String> patients = new TreeSet<>();
        facts.values().forEach(record -> patients.addAll(owners(record)));
        standings.of(patients);
        List<Told> permitted = new ArrayList<>();
        for (KeptEvent event : kept) {
            RecordFacts record = facts.get(type + "/" + event.record());
            if (record != null && mayBeTold(caller, record, standings, request)) {
                permitted.add(new Told(event.number(), event.occurred(), type + "/" + event.record()));
            }
        }
        return permitted;
    }

    private boolean mayBeTold(Caller caller, RecordFacts record, PatientStandings standings, RequestDetails request) {
        Set<String> owners = owners(record);
        Decision decision = disclosure.decide(caller, record, standings);
        if (decision instanceof Decision.Deny deny) {
            DenialLedger.note(
                    request, deny, owners.size() == 1 ? owners.iterator().next() : null);
            return false;
        }
        DisclosureLedger.permittedBy(request, ((Decision.Permit) decision).rule());
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                owners.stream()
                        .map(patient -> new AuditedRecord(patient, record.resourceType(), record.id(), null))
                        .toList());
        return true;
    }

    private static Set<String> owners(RecordFacts record) {
        return record.ownership() instanceof Ownership.OfPatients owners ? owners.patientIds() : Set.of();
    }
}
