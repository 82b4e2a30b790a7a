package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.Narrowing.Withheld;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a search so that it can only find what the caller may have. A patient who may not be seen is left out; when
 * nobody is left, the search becomes one that finds nothing, the same one whether the patient is unknown or hidden.
 */
public final class SearchNarrowing {

    /** An id that no record has: the search for it is the one that finds nothing. */
    public static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_count", "_total", "_summary");
    /** They have a store and a search of their own. */
    private static final Set<String> OWN_STORES = Set.of("AuditEvent", "Group", "Subscription");

    private final RecordVisibility visibility;
    private final int maxPatients;
    private final String serverBase;

    /** @param maxPatients how many patients a search that names none may cover */
    public SearchNarrowing(RecordVisibility visibility, int maxPatients, String serverBase) {
        this.visibility = visibility;
        this.maxPatients = maxPatients;
        this.serverBase = serverBase;
    }

    public Narrowing narrow(Caller caller, SearchRequest search, PatientStandings standings, References references) {
        if (OWN_STORES.contains(search.resourceType())) {
            return new Narrowing.Narrowed(search, List.of());
        }
        SearchRequest inItsWords = OwnerParameters.of(search.resourceType())
                .map(owner -> owner.inItsWords(search, serverBase))
                .orElse(search);
        return new Run(caller, inItsWords, standings, references).narrow();
    }

    /** In the form that was asked for. */
    static SearchRequest findingNothing(SearchRequest search) {
        return search.with(
                "_id",
                Set.of(NOBODY),
                search.parameters().keySet().stream()
                        .filter(name -> !PRESENTATION.contains(name))
                        .toList());
    }

    private final class Run {
        private final Caller caller;
        private final SearchRequest search;
        private final PatientStandings standings;
        private final References references;
        private final List<Withheld> withheld = new ArrayList<>();
        /** By patient id: several steps ask for the same one. */
        private final Map<String, Extent> extents = new HashMap<>();

        private Run(Caller caller, SearchRequest search, PatientStandings standings, References references) {
            this.caller = caller;
            this.search = search;
            this.standings = standings;
            this.references = references;
        }

        private Narrowing narrow() {
            if (search.occurrences("_id").contains(NOBODY)) {
                return nothing();
            }
            if (OwnerRules.isDirectory(search.resourceType())) {
                return ofDirectory();
            }
            Optional<OwnerParameters> owner = OwnerParameters.of(search.resourceType());
            if (owner.isEmpty()) {
                return byTarget();
            }
            if (caller.kind() == CallerKind.DEVICE_GATEWAY) {
                // Its own devices, whoever wears them.
                return ofDirectory();
            }
            boolean named = owner.get().naming().stream().anyMatch(search::names);
            if (named) {
                return toPatients(owner.get(), decideNamed(owner.get()));
            }
            Optional<String> onlyPatient = visibility.confinedTo(caller, search.resourceType(), Interaction.SEARCH);
            if (onlyPatient.isPresent() && !isDirectoryOfDevices()) {
                return toPatients(owner.get(), decide(Set.of(onlyPatient.get())));
            }
            if (search.names("_id")) {
                return byRecords("_id", search.resourceType() + "/");
            }
            if (search.resourceType().equals("Device")) {
                // Without a patient it is the directory's devices, the algorithms, that are looked for.
                return narrowed(search.with("patient:missing", Set.of("true"), Set.of()));
            }
            return toPermittedPopulation(owner.get());
        }

        /** What nobody owns is limited by scopes alone, and a gateway's Devices by their owner. */
        private Narrowing ofDirectory() {
            Extent extent = extentOf(null);
            if (extent instanceof Extent.Nothing nothing) {
                withheld.add(new Withheld(nothing.deny(), null));
                return nothing();
            }
            return limited(search, extent.limits())
                    .<Narrowing>map(this::narrowed)
                    .orElseGet(this::notOneSearch);
        }

        /** Algorithms have no patient; a launch reaches them like the rest of the directory. */
        private boolean isDirectoryOfDevices() {
            return search.resourceType().equals("Device") && !caller.kind().actsAsPatient();
        }

        // Named patients

        /** A record is one patient's, so that each occurrence has to name the same. */
        private List<Standing> decideNamed(OwnerParameters owner) {
            Set<String> named = null;
            for (String parameter : owner.naming()) {
                for (String occurrence : search.occurrences(parameter)) {
                    Set<String> ids = new LinkedHashSet<>();
                    for (String value : SearchRequest.alternatives(occurrence)) {
                        OwnerParameters.patientId(value, serverBase).ifPresent(ids::add);
                    }
                    if (named != null) {
                        ids.retainAll(named);
                    }
                    named = ids;
                }
            }
            return decide(named == null ? Set.of() : named);
        }

        /** Leaves out, and notes, who may not be seen. */
        private List<Standing> decide(Collection<String> patientIds) {
            List<Standing> visible = new ArrayList<>();
            standings.of(patientIds).forEach((patientId, standing) -> {
                if (extent(standing) instanceof Extent.Nothing nothing) {
                    withheld.add(new Withheld(nothing.deny(), patientId));
                } else {
                    visible.add(standing);
                }
            });
            return visible;
        }

        private Extent extent(Standing standing) {
            return extents.computeIfAbsent(standing.patientId(), id -> extentOf(standing));
        }

        private Extent extentOf(@Nullable Standing standing) {
            return visibility.extent(
                    new Question(caller, Interaction.SEARCH, search.resourceType(), standing, standings.at()));
        }

        // Nobody named

        private Narrowing toPermittedPopulation(OwnerParameters owner) {
            List<Standing> permitted = standings.permitted(maxPatients + 1);
            if (permitted.size() > maxPatients) {
                return new Narrowing.Refused(new Decision.Deny(
                        DenialCode.SEARCH_TOO_WIDE, "more than " + maxPatients + " patients permit this search"));
            }
            List<Standing> visible = permitted.stream()
                    .filter(standing -> !(extent(standing) instanceof Extent.Nothing))
                    .toList();
            if (visible.isEmpty()) {
                withheld.add(new Withheld(
                        new Decision.Deny(
                                DenialCode.CONSENT, "no patient permits " + search.resourceType() + " to the caller"),
                        null));
            }
            return toPatients(owner, visible);
        }

        // Both

        /**
         * What limits all of them becomes conditions of the search. One who is limited further takes part only if what was
         * asked for stays within that too, since several patients share the conditions.
         */
        private Narrowing toPatients(OwnerParameters owner, List<Standing> visible) {
            if (visible.isEmpty()) {
                return nothing();
            }
            List<Limit> common = commonLimits(visible);
            List<Standing> found = visible.stream()
                    .filter(standing -> staysWithin(standing, common))
                    .toList();
            if (found.isEmpty()) {
                return nothing();
            }
            List<String> values = found.stream()
                    .map(standing -> owner.value(standing.patientId()))
                    .toList();
            return limited(search, common)
                    .map(result -> narrowed(result.with(owner.narrowing(), values, owner.naming())))
                    .orElseGet(this::notOneSearch);
        }

        private List<Limit> commonLimits(List<Standing> visible) {
            if (visible.isEmpty()) {
                return List.of();
            }
            List<Limit> common = new ArrayList<>(extent(visible.get(0)).limits());
            visible.forEach(standing -> common.retainAll(extent(standing).limits()));
            return common;
        }

        private boolean staysWithin(Standing standing, List<Limit> common) {
            boolean within = extent(standing).limits().stream()
                    .allMatch(limit ->
                            !limit.isExcludedBy(search) && (common.contains(limit) || limit.isImpliedBy(search)));
            if (!within) {
                withheld.add(new Withheld(
                        new Decision.Deny(
                                DenialCode.CONSENT,
                                "the caller may find some codes of the patient's " + search.resourceType()
                                        + " only, and the search asks for others"),
                        standing.patientId()));
            }
            return within;
        }

        /** Empty when one search cannot say it and was not asked within it. */
        private Optional<SearchRequest> limited(SearchRequest asked, List<Limit> limits) {
            SearchRequest result = asked;
            for (Limit limit : limits) {
                Optional<SearchRequest> further = limit.addTo(result);
                if (further.isEmpty() && !limit.isImpliedBy(asked)) {
                    return Optional.empty();
                }
                result = further.orElse(result);
            }
            return Optional.of(result);
        }

        private Narrowing notOneSearch() {
            return new Narrowing.Refused(new Decision.Deny(
                    DenialCode.SEARCH_LIMITS, "the scopes for " + search.resourceType() + " have different filters"));
        }

        // Named records

        private Narrowing byTarget() {
            if (search.resourceType().equals("Provenance")) {
                if (search.names("target")) {
                    return byTargets();
                }
                if (search.names("_id")) {
                    return byRecords("_id", "Provenance/");
                }
            }
            return new Narrowing.Refused(new Decision.Deny(
                    DenialCode.SEARCH_TOO_WIDE, "a search for " + search.resourceType() + " must name target or _id"));
        }

        private Narrowing byRecords(String parameter, String prefix) {
            if (namesTooMany(parameter)) {
                return tooManyNamed();
            }
            List<List<String>> kept = kept(namedRecords(), parameter, prefix);
            return isNoneLeft(kept) ? nothing() : narrowed(search.with(parameter, kept));
        }

        /**
         * A Provenance is of those whose record it is about, and may be closed where that record is open: by who made it, by
         * its type, by its time. Of a patient whose Provenances a search is told nothing of it finds none by any record.
         */
        private Narrowing byTargets() {
            if (namesTooMany("target")) {
                return tooManyNamed();
            }
            NamedRecords records = namedRecords();
            List<List<String>> open = kept(records, "target", "");
            Set<String> owners = open.stream()
                    .flatMap(List::stream)
                    .flatMap(value -> records.ownersOf(value).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            List<Standing> visible = decide(owners);
            List<Limit> common = commonLimits(visible);
            Set<String> found = visible.stream()
                    .filter(standing -> staysWithin(standing, common))
                    .map(Standing::patientId)
                    .collect(Collectors.toSet());
            List<List<String>> kept = open.stream()
                    .map(values -> values.stream()
                            .filter(value -> found.containsAll(records.ownersOf(value)))
                            .toList())
                    .toList();
            return isNoneLeft(kept)
                    ? nothing()
                    : limited(search, common)
                            .map(result -> narrowed(result.with("target", kept)))
                            .orElseGet(this::notOneSearch);
        }

        private NamedRecords namedRecords() {
            return new NamedRecords(visibility, caller, search.resourceType(), standings, references);
        }

        /** For each occurrence of the parameter, those records that the caller may have. */
        private List<List<String>> kept(NamedRecords records, String parameter, String prefix) {
            List<List<String>> kept = search.occurrences(parameter).stream()
                    .map(values -> records.permitted(SearchRequest.alternatives(values), prefix))
                    .toList();
            withheld.addAll(records.withheld());
            return kept;
        }

        private static boolean isNoneLeft(List<List<String>> kept) {
            return kept.stream().anyMatch(List::isEmpty);
        }

        private boolean namesTooMany(String parameter) {
            return search.occurrences(parameter).stream()
                    .anyMatch(values -> SearchRequest.alternatives(values).size() > NamedRecords.MOST);
        }

        private Narrowing tooManyNamed() {
            return new Narrowing.Refused(new Decision.Deny(
                    DenialCode.SEARCH_TOO_WIDE, "a search may name at most " + NamedRecords.MOST + " records"));
        }

        // Results

        private Narrowing nothing() {
            return new Narrowing.Narrowed(findingNothing(search), withheld);
        }

        private Narrowing narrowed(SearchRequest result) {
            Optional<List<String>> signed =
                    SignedStates.of(search.resourceType()).filter(some -> visibility.seesSignedOnly(caller.kind()));
            return new Narrowing.Narrowed(
                    signed.map(states -> result.and("status", states)).orElse(result), withheld);
        }
    }
}
