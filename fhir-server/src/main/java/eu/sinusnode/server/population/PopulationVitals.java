package eu.sinusnode.server.population;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.narrowing.PopulationPages;
import eu.sinusnode.policy.narrowing.PopulationSearch;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.interactions.KeptTexts;
import eu.sinusnode.server.records.RecordModel;
import eu.sinusnode.server.records.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Answers a {@link PopulationSearch}, page by page. What the statement finds is decided record by record, as one that the
 * caller's search finds; what is withheld leaves no gap. Each page asks the permits of its moment.
 */
public final class PopulationVitals {

    private final FhirContext context;
    private final PopulationTable table;
    private final CurrentRecords records;
    private final StoredRecords stored;
    private final BulkDisclosure disclosure;
    private final RequestScope scope;
    private final int pageSize;
    private final int maxPageSize;

    public PopulationVitals(
            FhirContext context,
            PopulationTable table,
            CurrentRecords records,
            StoredRecords stored,
            BulkDisclosure disclosure,
            RequestScope scope,
            int pageSize,
            int maxPageSize) {
        this.context = context;
        this.table = table;
        this.records = records;
        this.stored = stored;
        this.disclosure = disclosure;
        this.scope = scope;
        this.pageSize = pageSize;
        this.maxPageSize = maxPageSize;
    }

    /** One more than fits tells whether there is a next page. */
    public IBundleProvider answer(PopulationSearch search, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        FoundVital at = place(search, request);
        int size = search.count() == null ? pageSize : Math.min(search.count(), maxPageSize);
        Optional<Recipient> recipient = Recipient.of(
                        caller, scope.standings(request).at())
                .filter(by -> search.patient() == null || !isOpen(caller, search.patient(), request));
        List<Resource> given = new ArrayList<>();
        FoundVital last = null;
        boolean more = recipient.isPresent() || search.patient() != null;
        while (more && given.size() <= size) {
            List<FoundVital> found = table.next(search, recipient.orElse(null), at, size + 1);
            Map<String, Resource> permitted = permitted(caller, found, request);
            for (FoundVital vital : found) {
                at = vital;
                Resource resource = permitted.get(vital.observation().toString());
                if (resource != null && given.size() <= size) {
                    given.add(resource);
                    last = given.size() == size ? vital : last;
                }
            }
            more = !found.isEmpty();
        }
        if (given.size() > size) {
            PopulationPages.setNext(request, last == null ? null : last.text());
            given.remove(size);
        }
        return Matches.page(given);
    }

    private static @Nullable FoundVital place(PopulationSearch search, RequestDetails request) {
        return search.after() == null
                ? null
                : FoundVital.parse(search.after()).orElseThrow(() -> PopulationPages.expired(request));
    }

    /**
     * Whether all vital signs of the patient are permitted, or were opened in an emergency: then nothing is left to ask permits
     * for in the statement, which costs more than the rest of it. Each record is decided by the rules all the same.
     */
    private boolean isOpen(Caller caller, String patient, RequestDetails request) {
        PatientStandings standings = scope.standings(request);
        Standing standing = standings.of(patient);
        return standing.opening() != null
                || standing.related()
                        && ConsentRules.permitAll(
                                standing.directives(), ConsentRequest.of(caller), "Observation", standings.at());
    }

    /** By id; what was deleted or withdrawn since it was found is not there. */
    private Map<String, Resource> permitted(Caller caller, List<FoundVital> found, RequestDetails request) {
        RecordModel model = new RecordModel(context, stored);
        RecordFactsReader reader = new RecordFactsReader(scope.references(request));
        Map<String, Resource> permitted = new HashMap<>();
        for (StoredRecord record :
                records.observations(found.stream().map(FoundVital::observation).toList())) {
            model.resource(record)
                    .filter(resource -> isGiven(caller, reader.read(resource), request))
                    .ifPresent(resource -> {
                        permitted.put(record.id(), resource);
                        KeptTexts.keep(request, resource, record.json());
                    });
        }
        return permitted;
    }

    private boolean isGiven(Caller caller, RecordFacts facts, RequestDetails request) {
        return disclosure.decide(caller, facts, scope.standings(request)) instanceof Decision.Permit;
    }
}
