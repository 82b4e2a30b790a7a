package eu.sinusnode.server.matching;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.narrowing.Narrowing;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.StoredSearch;
import eu.sinusnode.policy.validation.PatientLinks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Patient;

/**
 * Who may be meant. The ids of the people who are like the one that is asked about become a search of the caller for just
 * those, narrowed like any other before a record is read: somebody who is hidden is never compared.
 */
final class Candidates {

    /** How many people may be compared. */
    static final int MOST = 1_000;

    /** How many ids the conditions may find among all patients together; beyond that they describe nobody. */
    static final int MOST_IDS = 20_000;

    private final SearchNarrowing narrowing;
    private final StoredSearch stored;
    private final RequestScope scope;

    Candidates(SearchNarrowing narrowing, StoredSearch stored, RequestScope scope) {
        this.narrowing = narrowing;
        this.stored = stored;
        this.scope = scope;
    }

    /** Each once, the caller's to find; who was merged into somebody is found as that one. */
    List<Patient> of(Traits traits, RequestDetails request) {
        Set<String> alike = new TreeSet<>();
        for (SearchRequest block : Blocks.of(traits)) {
            List<String> ids = stored.ids(block, MOST_IDS + 1);
            alike.addAll(ids);
            if (alike.size() > MOST_IDS) {
                throw tooMany();
            }
        }
        return alike.isEmpty() ? List.of() : ofCaller(alike, request);
    }

    /** Nobody was named, so that nobody who is left out was refused. */
    private List<Patient> ofCaller(Set<String> alike, RequestDetails request) {
        Narrowing outcome = narrowing.narrow(
                CurrentCaller.require(request),
                new SearchRequest("Patient", Map.of("_id", List.of(String.join(",", alike)))),
                scope.standings(request),
                scope.references(request));
        if (outcome instanceof Narrowing.Refused refused) {
            throw DenialLedger.refuse(request, refused.deny(), null);
        }
        List<Patient> candidates = stored.records(((Narrowing.Narrowed) outcome).search(), MOST + 1).stream()
                .map(Patient.class::cast)
                .filter(patient -> !PatientLinks.isReplaced(patient))
                .toList();
        if (candidates.size() > MOST) {
            throw tooMany();
        }
        return candidates;
    }

    private static RuntimeException tooMany() {
        return Denials.problem(RequestProblem.MATCH_REQUEST, "too many people are like what is known of this one");
    }
}
