package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Reach;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.Narrowing.Withheld;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/**
 * Rewrites a search so that it can only find what the caller may have. A patient who may not be seen is left out; when
 * nobody is left, the search becomes one that finds nothing, the same one whether the patient is unknown or hidden.
 */
public final class SearchNarrowing {

    /** An id that no record has: the search for it is the one that finds nothing. */
    public static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_count");
    private static final List<String> SIGNED = RecordFactsReader.SIGNED.stream()
            .map(ObservationStatus::toCode)
            .sorted()
            .toList();
    private static final Set<String> DIRECTORY_TYPES = Set.of("Organization", "Practitioner", "AuditEvent");

    private final ConsentPolicy consent;
    private final int maxPatients;
    private final String serverBase;

    /** @param maxPatients how many patients a search that names none may cover */
    public SearchNarrowing(ConsentPolicy consent, int maxPatients, String serverBase) {
        this.consent = consent;
        this.maxPatients = maxPatients;
        this.serverBase = serverBase;
    }

    public Narrowing narrow(Caller caller, SearchRequest search, PatientStandings standings, References references) {
        if (DIRECTORY_TYPES.contains(search.resourceType())) {
            return new Narrowing.Narrowed(search, List.of());
        }
        return new Run(caller, search, standings, references).narrow();
    }

    private final class Run {
        private final Caller caller;
        private final SearchRequest search;
        private final PatientStandings standings;
        private final References references;
        private final List<Withheld> withheld = new ArrayList<>();

        private Run(Caller caller, SearchRequest search, PatientStandings standings, References references) {
            this.caller = caller;
            this.search = search;
            this.standings = standings;
            this.references = references;
        }

        private Narrowing narrow() {
            Optional<OwnerParameters> owner = OwnerParameters.of(search.resourceType());
            if (owner.isEmpty()) {
                return byTarget();
            }
            boolean named = owner.get().naming().stream().anyMatch(search::names);
            if (named) {
                return toPatients(owner.get(), decideNamed(owner.get()));
            }
            if (caller.kind().actsAsPatient()) {
                return toPatients(owner.get(), decide(Set.of(String.valueOf(caller.patientId()))));
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

        // Named patients

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
                if (reach(standing) instanceof Reach.None none) {
                    withheld.add(new Withheld(none.deny(), patientId));
                } else {
                    visible.add(standing);
                }
            });
            return visible;
        }

        private Reach reach(Standing standing) {
            return consent.reach(caller, search.resourceType(), standing, standings.at());
        }

        // Nobody named

        private Narrowing toPermittedPopulation(OwnerParameters owner) {
            List<Standing> permitted = standings.permitted(maxPatients + 1);
            if (permitted.size() > maxPatients) {
                return new Narrowing.Refused(new Decision.Deny(
                        DenialCode.SEARCH_TOO_WIDE, "more than " + maxPatients + " patients permit this search"));
            }
            List<Standing> visible = permitted.stream()
                    .filter(standing -> !(reach(standing) instanceof Reach.None))
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

        private Narrowing toPatients(OwnerParameters owner, List<Standing> visible) {
            SearchRequest result = search;
            List<Standing> found = visible;
            if (visible.size() == 1) {
                if (reach(visible.get(0)) instanceof Reach.OfCodes some) {
                    if (asksForOtherCodesOnly(some.codes())) {
                        withheld.add(otherCodes(visible.get(0)));
                        return nothing();
                    }
                    result = withCodes(result, some.codes());
                }
            } else {
                found = visible.stream().filter(this::coversRequestedCodes).toList();
            }
            if (found.isEmpty()) {
                return nothing();
            }
            List<String> values = found.stream()
                    .map(standing -> owner.value(standing.patientId()))
                    .toList();
            return narrowed(result.with(owner.narrowing(), values, owner.naming()));
        }

        private SearchRequest withCodes(SearchRequest result, Set<Code> codes) {
            List<String> tokens = codes.stream()
                    .map(code -> SearchRequest.escape(code.system()) + "|" + SearchRequest.escape(code.code()))
                    .sorted()
                    .toList();
            return result.and(ConsentPolicy.codeParameter(search.resourceType()).orElseThrow(), tokens);
        }

        /** Such a search finds nothing anyway; the audit has to tell that something was asked for and not given. */
        private boolean asksForOtherCodesOnly(Set<Code> permitted) {
            return search
                    .occurrences(
                            ConsentPolicy.codeParameter(search.resourceType()).orElseThrow())
                    .stream()
                    .anyMatch(occurrence -> SearchRequest.alternatives(occurrence).stream()
                            .noneMatch(value -> permitted.stream().anyMatch(code -> mayMean(value, code))));
        }

        /** A token without a system, or without a code, stands for all of them. */
        private static boolean mayMean(String value, Code code) {
            int bar = value.indexOf('|');
            String system = bar < 0 ? "" : value.substring(0, bar);
            String wanted = value.substring(bar + 1);
            return (system.isEmpty() || system.equals(code.system()))
                    && (wanted.isEmpty() || wanted.equals(code.code()));
        }

        private Withheld otherCodes(Standing standing) {
            return new Withheld(
                    new Decision.Deny(
                            DenialCode.CONSENT,
                            "the patient permits some codes of " + search.resourceType()
                                    + " only, and the search asks for others"),
                    standing.patientId());
        }

        /** Several patients share one code condition, so one who permits some codes only takes part if all asked for are among them. */
        private boolean coversRequestedCodes(Standing standing) {
            if (!(reach(standing) instanceof Reach.OfCodes some)) {
                return true;
            }
            List<String> occurrences = search.occurrences(
                    ConsentPolicy.codeParameter(search.resourceType()).orElseThrow());
            Set<String> permitted = new LinkedHashSet<>();
            some.codes().forEach(code -> permitted.add(code.token()));
            boolean covered = occurrences.stream()
                    .anyMatch(occurrence -> permitted.containsAll(SearchRequest.alternatives(occurrence)));
            if (!covered) {
                withheld.add(otherCodes(standing));
            }
            return covered;
        }

        // Named records

        private Narrowing byTarget() {
            if (search.resourceType().equals("Provenance")) {
                if (search.names("target")) {
                    return byRecords("target", "");
                }
                if (search.names("_id")) {
                    return byRecords("_id", "Provenance/");
                }
            }
            return new Narrowing.Refused(new Decision.Deny(
                    DenialCode.SEARCH_TOO_WIDE, "a search for " + search.resourceType() + " must name target or _id"));
        }

        private Narrowing byRecords(String parameter, String prefix) {
            NamedRecords records = new NamedRecords(consent, caller, standings, references);
            List<List<String>> named = search.occurrences(parameter).stream()
                    .map(SearchRequest::alternatives)
                    .toList();
            if (named.stream().anyMatch(values -> values.size() > NamedRecords.MOST)) {
                return new Narrowing.Refused(new Decision.Deny(
                        DenialCode.SEARCH_TOO_WIDE, "a search may name at most " + NamedRecords.MOST + " records"));
            }
            List<List<String>> kept = named.stream()
                    .map(values -> records.permitted(values, prefix))
                    .toList();
            withheld.addAll(records.withheld());
            return kept.stream().anyMatch(List::isEmpty) ? nothing() : narrowed(search.with(parameter, kept));
        }

        // Results

        private Narrowing nothing() {
            return new Narrowing.Narrowed(
                    search.with(
                            "_id",
                            Set.of(NOBODY),
                            search.parameters().keySet().stream()
                                    .filter(name -> !PRESENTATION.contains(name))
                                    .toList()),
                    withheld);
        }

        private Narrowing narrowed(SearchRequest result) {
            boolean signedOnly = search.resourceType().equals("Observation") && consent.seesSignedOnly(caller.kind());
            return new Narrowing.Narrowed(signedOnly ? result.and("status", SIGNED) : result, withheld);
        }
    }
}
