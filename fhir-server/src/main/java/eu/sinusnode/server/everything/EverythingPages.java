package eu.sinusnode.server.everything;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.records.Mentions;
import eu.sinusnode.server.records.RecordModel;
import eu.sinusnode.server.records.StoredRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Fills a page. Each record is decided twice: as one that the caller's search finds, since nobody named it, and by the
 * gate. What is withheld leaves no gap, and a next page is told of only when something stands on it. So that it ends, a page
 * looks at so many records at most, hidden ones too; then it is short, and the place of the next one names no record.
 */
final class EverythingPages {

    private static final int MOST_LOOKED_AT = 2_000;

    private final FhirContext context;
    private final PatientRecords records;
    private final StoredRecords stored;
    private final BulkDisclosure disclosure;
    private final DisclosureGate gate;
    private final RequestScope scope;

    EverythingPages(
            FhirContext context,
            PatientRecords records,
            StoredRecords stored,
            BulkDisclosure disclosure,
            DisclosureGate gate,
            RequestScope scope) {
        this.context = context;
        this.records = records;
        this.stored = stored;
        this.disclosure = disclosure;
        this.gate = gate;
        this.scope = scope;
    }

    /** @param next where the next page begins, or null when there is none */
    record Page(Bundle bundle, @Nullable Place next) {}

    Page page(Caller caller, String patientId, Wanted wanted, RequestDetails request) {
        Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
        RecordModel model = new RecordModel(context, stored);
        Set<String> mentioned = new TreeSet<>();
        Place lastGiven = wanted.after();
        Place next = null;
        Walk walk = new Walk(patientId, wanted);
        while (next == null && walk.hasNext()) {
            StoredRecord record = walk.next();
            Resource given = model.resource(record)
                    .filter(resource -> isGiven(caller, patientId, resource, request))
                    .orElse(null);
            if (given != null && bundle.getEntry().size() == wanted.count()) {
                next = lastGiven;
            } else if (given != null) {
                lastGiven = new Place(record.type(), record.id());
                add(bundle, given, SearchEntryMode.MATCH, request);
                Mentions.of(model.line(given), wanted.comingAlong(), mentioned::add);
            } else if (walk.lookedAt() >= MOST_LOOKED_AT && walk.hasNext()) {
                next = Place.between(new Place(record.type(), record.id()), walk.peek());
            }
        }
        mentioned.forEach(path -> ofNobody(caller, path, request)
                .ifPresent(resource -> add(bundle, resource, SearchEntryMode.INCLUDE, request)));
        return new Page(bundle, next);
    }

    /** The records behind the place that is wanted, fetched as they are needed. */
    private final class Walk {

        private final String patientId;
        private final Wanted wanted;
        private final Deque<StoredRecord> fetched = new ArrayDeque<>();
        private @Nullable Place at;
        private boolean more = true;
        private int lookedAt;

        Walk(String patientId, Wanted wanted) {
            this.patientId = patientId;
            this.wanted = wanted;
            this.at = wanted.after();
        }

        boolean hasNext() {
            if (fetched.isEmpty() && more) {
                int most = wanted.count() + 1;
                fetched.addAll(records.next(patientId, wanted, at, most));
                more = fetched.size() == most;
            }
            return !fetched.isEmpty();
        }

        /** To be asked for after {@link #hasNext}. */
        StoredRecord peek() {
            return fetched.element();
        }

        StoredRecord next() {
            StoredRecord next = fetched.remove();
            at = new Place(next.type(), next.id());
            lookedAt++;
            return next;
        }

        int lookedAt() {
            return lookedAt;
        }
    }

    private boolean isGiven(Caller caller, String patientId, Resource resource, RequestDetails request) {
        RecordFacts facts = new RecordFactsReader(scope.references(request)).read(resource);
        if (!(facts.ownership() instanceof Ownership.OfPatients owners)
                || !owners.patientIds().contains(patientId)) {
            // It refers to the patient and is another's.
            return false;
        }
        return isGiven(caller, patientId, resource, facts, request);
    }

    private boolean isGiven(
            Caller caller, @Nullable String patientId, Resource resource, RecordFacts facts, RequestDetails request) {
        if (disclosure.decide(caller, facts, scope.standings(request)) instanceof Decision.Deny deny) {
            DenialLedger.note(request, deny, patientId);
            return false;
        }
        return gate.mayHave(request, resource);
    }

    private Optional<Resource> ofNobody(Caller caller, String path, RequestDetails request) {
        int slash = path.indexOf('/');
        return stored.current(path.substring(0, slash), path.substring(slash + 1))
                .filter(resource -> {
                    RecordFacts facts = new RecordFactsReader(scope.references(request)).read(resource);
                    return facts.ownership() instanceof Ownership.Directory
                            && isGiven(caller, null, resource, facts, request);
                });
    }

    private static void add(Bundle bundle, Resource resource, SearchEntryMode mode, RequestDetails request) {
        bundle.addEntry()
                .setFullUrl(request.getFhirServerBase() + "/" + resource.fhirType() + "/"
                        + resource.getIdElement().getIdPart())
                .setResource(resource)
                .getSearch()
                .setMode(mode);
    }
}
