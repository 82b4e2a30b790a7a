package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.narrowing.Narrowing.Withheld;
import eu.sinusnode.policy.search.IncludeKey;
import eu.sinusnode.policy.search.SearchDefinitions;
import eu.sinusnode.policy.search.SearchDefinitions.Definition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What comes along with one page of a search. References lead to records that are read and decided one by one; records
 * that refer to the page's are looked for with a search of the same caller, narrowed like any other. The storage includes
 * nothing by itself: it would count what the caller may not see against its own limits.
 */
public final class Inclusion {

    /** How many records may come along with a page. */
    static final int MOST = 1_000;

    /** How many times an iterating include is followed. */
    static final int ROUNDS = 4;

    /** What came of it. */
    public sealed interface Outcome {
        record Included(List<Resource> records, List<Withheld> withheld) implements Outcome {
            public Included {
                records = List.copyOf(records);
                withheld = List.copyOf(withheld);
            }
        }

        record Refused(Decision.Deny deny) implements Outcome {}
    }

    private final SearchNarrowing narrowing;
    private final SearchDefinitions definitions;
    private final StoredSearch stored;

    public Inclusion(SearchNarrowing narrowing, SearchDefinitions definitions, StoredSearch stored) {
        this.narrowing = narrowing;
        this.definitions = definitions;
        this.stored = stored;
    }

    /**
     * @param found the page's own records
     * @param mayLeave decides each record that would come along
     */
    public Outcome of(
            Caller caller,
            List<Resource> found,
            List<IncludeKey> keys,
            PatientStandings standings,
            References references,
            Predicate<Resource> mayLeave) {
        Run run = new Run(caller, standings, references, mayLeave);
        run.follow(found, keys);
        return run.refusal == null
                ? new Outcome.Included(run.included, run.withheld)
                : new Outcome.Refused(run.refusal);
    }

    private final class Run {
        private final Caller caller;
        private final PatientStandings standings;
        private final References references;
        private final Predicate<Resource> mayLeave;
        private final RecordOwners owners;
        private final List<Resource> included = new ArrayList<>();
        private final List<Withheld> withheld = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private Decision.@Nullable Deny refusal;

        private Run(Caller caller, PatientStandings standings, References references, Predicate<Resource> mayLeave) {
            this.caller = caller;
            this.standings = standings;
            this.references = references;
            this.mayLeave = mayLeave;
            this.owners = new RecordOwners(references);
        }

        private void follow(List<Resource> found, List<IncludeKey> keys) {
            found.forEach(record -> seen.add(path(record)));
            List<Resource> from = found;
            for (int round = 0; round < ROUNDS && !from.isEmpty() && refusal == null; round++) {
                List<Resource> next = new ArrayList<>();
                for (IncludeKey key : keys) {
                    if ((round == 0 || key.iterate()) && refusal == null) {
                        add(key.reverse() ? referring(key, from) : referred(key, from), next);
                    }
                }
                included.addAll(next);
                from = next;
            }
        }

        private void add(List<Resource> candidates, List<Resource> next) {
            for (Resource candidate : candidates) {
                if (seen.add(path(candidate)) && mayLeave.test(candidate)) {
                    next.add(candidate);
                }
            }
            if (included.size() + next.size() > MOST) {
                refuse("more than " + MOST + " records would come along with this page");
            }
        }

        private List<Resource> referred(IncludeKey key, List<Resource> from) {
            Definition definition = definition(key);
            Set<String> named = new LinkedHashSet<>();
            for (Resource record : from) {
                if (record.fhirType().equals(key.source())) {
                    definition.paths().stream()
                            .flatMap(path -> path.references(record).stream())
                            .flatMap(reference -> references.canonical(reference).stream())
                            .filter(canonical -> mayName(definition, key, type(canonical)))
                            .forEach(named::add);
                }
            }
            if (named.size() > MOST) {
                refuse("the records of this page name more than " + MOST + " others in " + key.value());
                return List.of();
            }
            return named.stream()
                    .filter(canonical -> !seen.contains(canonical))
                    .flatMap(canonical -> references.find(canonical).stream())
                    .toList();
        }

        private List<Resource> referring(IncludeKey key, List<Resource> from) {
            Definition definition = definition(key);
            List<Resource> named = from.stream()
                    .filter(record -> mayName(definition, key, record.fhirType()))
                    .toList();
            List<Resource> records = new ArrayList<>();
            for (int at = 0; at < named.size() && refusal == null; at += NamedRecords.MOST) {
                List<Resource> some = named.subList(at, Math.min(named.size(), at + NamedRecords.MOST));
                narrowed(asked(key, definition, some))
                        .ifPresent(search -> records.addAll(stored.records(search, MOST + 1)));
            }
            return records;
        }

        /** Where the records belong to patients, those that refer to them belong to the same ones. */
        private SearchRequest asked(IncludeKey key, Definition definition, List<Resource> named) {
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            parameters.put(
                    key.parameter(),
                    List.of(String.join(",", named.stream().map(Inclusion::path).toList())));
            Optional<OwnerParameters> owner = OwnerParameters.of(key.source());
            Set<String> patients = patients(named);
            if (owner.isPresent() && !definition.namesPatients() && !patients.isEmpty()) {
                OwnerParameters by = owner.get();
                parameters.put(
                        by.narrowing(),
                        List.of(String.join(
                                ",", patients.stream().map(by::value).toList())));
            }
            return new SearchRequest(key.source(), parameters);
        }

        /** Empty when one of the records belongs to nobody. */
        private Set<String> patients(Collection<Resource> records) {
            Set<String> patients = new LinkedHashSet<>();
            for (Resource record : records) {
                if (!(owners.of(record) instanceof Ownership.OfPatients of)) {
                    return Set.of();
                }
                patients.addAll(of.patientIds());
            }
            return patients;
        }

        private Optional<SearchRequest> narrowed(SearchRequest asked) {
            Narrowing outcome = narrowing.narrow(caller, asked, standings, references);
            if (outcome instanceof Narrowing.Refused refused) {
                refusal = refused.deny();
                return Optional.empty();
            }
            Narrowing.Narrowed narrowed = (Narrowing.Narrowed) outcome;
            withheld.addAll(narrowed.withheld());
            return narrowed.search().occurrences("_id").contains(SearchNarrowing.NOBODY)
                    ? Optional.empty()
                    : Optional.of(narrowed.search());
        }

        private void refuse(String what) {
            refusal = new Decision.Deny(DenialCode.SEARCH_TOO_WIDE, what);
        }
    }

    private Definition definition(IncludeKey key) {
        return definitions
                .find(key.source(), key.parameter())
                .orElseThrow(() -> new IllegalStateException("An include without a parameter was let through."));
    }

    private static boolean mayName(Definition definition, IncludeKey key, String type) {
        return key.mayName(type) && definition.targets().contains(type);
    }

    private static String path(Resource record) {
        return record.fhirType() + "/" + record.getIdElement().getIdPart();
    }

    private static String type(String canonical) {
        return canonical.substring(0, Math.max(0, canonical.indexOf('/')));
    }
}
