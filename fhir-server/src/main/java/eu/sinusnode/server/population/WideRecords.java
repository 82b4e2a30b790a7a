package eu.sinusnode.server.population;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.narrowing.PopulationPages;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.narrowing.SubSearches;
import eu.sinusnode.policy.narrowing.WideMatches;
import eu.sinusnode.policy.narrowing.WideRows;
import eu.sinusnode.policy.narrowing.WideSearch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/**
 * Answers a {@link WideSearch}, page by page. What the storage finds, whosever it is, is left to those who permit the caller
 * something of the type, and then decided record by record, so that what is withheld leaves no gap. Each page
 * asks the permits of its moment; what was opened in an emergency is asked for by name and not among it.
 */
public final class WideRecords {

    /** How many found records are looked at: first as many as do where permits are not rare, at last all that may be. */
    private static final List<Integer> LOOKS = List.of(2_000, 250_000);

    private static final int AT_ONCE = 1_000;

    /** Of how many records of a page one has to be found still, for the next one to begin behind it. */
    private static final int PLACE = 10;

    /** How many are held against conditions through references at once, where few of them meet these. */
    private static final int MOST_AT_ONCE = 200;

    private final WideRows rows;
    private final WideMatches matches;
    private final CurrentRecords records;
    private final BulkDisclosure disclosure;
    private final RequestScope scope;
    private final int pageSize;
    private final int maxPageSize;
    private final List<Integer> looks;

    public WideRecords(
            WideRows rows,
            WideMatches matches,
            CurrentRecords records,
            BulkDisclosure disclosure,
            RequestScope scope,
            int pageSize,
            int maxPageSize) {
        this(rows, matches, records, disclosure, scope, pageSize, maxPageSize, LOOKS);
    }

    WideRecords(
            WideRows rows,
            WideMatches matches,
            CurrentRecords records,
            BulkDisclosure disclosure,
            RequestScope scope,
            int pageSize,
            int maxPageSize,
            List<Integer> looks) {
        this.rows = rows;
        this.matches = matches;
        this.records = records;
        this.disclosure = disclosure;
        this.scope = scope;
        this.pageSize = pageSize;
        this.maxPageSize = maxPageSize;
        this.looks = looks;
    }

    /** One more than fits tells whether there is a next page. */
    public IBundleProvider answer(WideSearch search, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        PatientStandings standings =
                disclosure.standings(caller, scope.standings(request).at());
        int size = search.count() == null ? pageSize : Math.min(search.count(), maxPageSize);
        List<Resource> given = new Page(search, caller, standings, request).filled(size + 1);
        if (given.size() > size) {
            PopulationPages.setNext(request, place(given.subList(0, size)));
        }
        return Matches.page(given.subList(0, Math.min(size, given.size())));
    }

    /** The last records of a page: one that does not match any more by the next page leaves the others to go on behind. */
    private static String place(List<Resource> page) {
        return page.subList(Math.max(0, page.size() - PLACE), page.size()).stream()
                .map(resource -> resource.getIdElement().getIdPart())
                .collect(Collectors.joining("~"));
    }

    private final class Page {
        private final WideSearch search;
        private final String type;
        private final Caller caller;
        private final PatientStandings standings;
        private final RequestDetails request;
        private final RecordFactsReader facts;
        private final WideMatches.Run conditions;
        private final Set<Long> looked = new HashSet<>();
        private final List<Resource> given = new ArrayList<>();

        private Page(WideSearch search, Caller caller, PatientStandings standings, RequestDetails request) {
            this.search = search;
            this.type = search.resourceType();
            this.caller = caller;
            this.standings = standings;
            this.request = request;
            this.facts = new RecordFactsReader(scope.references(request));
            this.conditions = matches.run(caller, standings.at(), scope.references(request));
        }

        private List<Resource> filled(int most) {
            try {
                return fill(most);
            } catch (WideMatches.TooManyRowsException tooMany) {
                throw DenialLedger.refuse(request, SubSearches.tooManyRows(), null);
            }
        }

        private List<Resource> fill(int most) {
            for (int look : looks) {
                List<Long> found = rows.first(search, look);
                Optional<List<Long>> behind = behindThePlace(found);
                behind.ifPresent(some -> look(some, most));
                if (given.size() >= most || behind.isPresent() && found.size() < look) {
                    return given;
                }
                if (behind.isEmpty() && found.size() < look) {
                    throw PopulationPages.expired(request);
                }
            }
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(
                            DenialCode.SEARCH_TOO_WIDE,
                            "the conditions leave more records than are looked at among many patients"),
                    null);
        }

        /** Empty when none of the records that the last page ended with is among those found. */
        private Optional<List<Long>> behindThePlace(List<Long> found) {
            if (search.after() == null) {
                return Optional.of(found);
            }
            Set<Long> shown = records.rowsOf(type, List.of(search.after().split("~")));
            int at = found.size() - 1;
            while (at >= 0 && !shown.contains(found.get(at))) {
                at--;
            }
            return at < 0 ? Optional.empty() : Optional.of(found.subList(at + 1, found.size()));
        }

        private void look(List<Long> found, int most) {
            List<Long> unseen = found.stream().filter(looked::add).toList();
            int atOnce = most;
            for (int from = 0; from < unseen.size() && given.size() < most; from += AT_ONCE) {
                List<Long> some = rows.permitted(
                        unseen.subList(from, Math.min(unseen.size(), from + AT_ONCE)), type, caller, standings.at());
                int next = 0;
                while (next < some.size() && given.size() < most) {
                    int end = Math.min(some.size(), next + atOnce);
                    decide(some.subList(next, end), most);
                    next = end;
                    // Where few meet the conditions through references, these are asked of more at once.
                    atOnce = search.linked().isEmpty() ? most : Math.max(most, Math.min(2 * atOnce, MOST_AT_ONCE));
                }
            }
        }

        private void decide(List<Long> some, int most) {
            Map<Long, Resource> current = rows.records(some);
            List<Candidate> found = some.stream()
                    .flatMap(row -> Optional.ofNullable(current.get(row))
                            .map(resource -> new Candidate(row, resource, facts.read(resource)))
                            .stream())
                    .toList();
            // Asked for together.
            standings.of(found.stream().flatMap(Candidate::patients).collect(Collectors.toSet()));
            Map<Long, String> permitted = new LinkedHashMap<>();
            found.stream()
                    .filter(one -> disclosure.decide(caller, one.facts(), standings) instanceof Decision.Permit)
                    .forEach(one -> permitted.put(
                            one.row(), one.resource().getIdElement().getIdPart()));
            conditions.meeting(permitted, type, search.linked()).keySet().stream()
                    .limit((long) most - given.size())
                    .flatMap(row -> Optional.ofNullable(current.get(row)).stream())
                    .forEach(given::add);
        }
    }

    private record Candidate(Long row, Resource resource, RecordFacts facts) {
        private Stream<String> patients() {
            return facts.ownership() instanceof Ownership.OfPatients owners
                    ? owners.patientIds().stream()
                    : Stream.empty();
        }
    }
}
