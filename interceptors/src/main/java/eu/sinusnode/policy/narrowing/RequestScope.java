package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.EmergencyLedger;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.consent.Openings;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import eu.sinusnode.policy.search.IncludeKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The facts that one request is decided on; every step of it sees the same ones. */
public final class RequestScope {

    private static final String STANDINGS = PatientStandings.class.getName();
    private static final String REFERENCES = References.class.getName();
    private static final String SEARCH = SearchRequest.class.getName();
    private static final int MOST_AHEAD = 20;

    private final PermitDirectory permits;
    private final Openings openings;
    private final OrganizationDirectory organizations;
    private final CallerLookup callers;
    private final StoredRecords stored;
    private final Clock clock;
    private final String serverBase;

    public RequestScope(
            PermitDirectory permits,
            Openings openings,
            OrganizationDirectory organizations,
            CallerLookup callers,
            StoredRecords stored,
            Clock clock,
            String serverBase) {
        this.permits = permits;
        this.openings = openings;
        this.organizations = organizations;
        this.callers = callers;
        this.stored = stored;
        this.clock = clock;
        this.serverBase = serverBase;
    }

    public PatientStandings standings(RequestDetails request) {
        return (PatientStandings) request.getUserData()
                .computeIfAbsent(
                        STANDINGS,
                        key -> new PatientStandings(
                                permits, noting(request), CurrentCaller.require(request), clock.instant()));
    }

    /**
     * The caller's Organization as it is stored now; empty when it has none or none is stored. What a search will ask of the
     * patients whom it names is read with it.
     */
    public Optional<RegisteredOrganization> organization(RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        String organizationId = caller.organizationId();
        if (organizationId == null) {
            return Optional.empty();
        }
        Set<String> patientIds = searchedPatients(request, caller);
        if (patientIds.isEmpty()) {
            return organizations.find(organizationId);
        }
        PatientStandings standings = standings(request);
        CallerLookup.Found found = callers.find(
                organizationId, caller.kind().relationship(), patientIds, caller.purpose(), standings.at());
        standings.readAhead(patientIds, found.directivesOfRelated());
        return found.organization();
    }

    /** Of whom a link and directives decide; of more than a few at once it is asked when they are. */
    private Set<String> searchedPatients(RequestDetails request, Caller caller) {
        Relationship relationship = caller.kind().relationship();
        if (request.getRestOperationType() != RestOperationTypeEnum.SEARCH_TYPE
                || relationship != Relationship.CARE_TEAM && relationship != Relationship.COVERAGE) {
            return Set.of();
        }
        Set<String> patientIds = SearchedPatients.of(search(request), serverBase);
        return patientIds.size() > MOST_AHEAD ? Set.of() : patientIds;
    }

    /** What the request tells of a patient whose record is open to it by an opening is audited as that. */
    private Openings noting(RequestDetails request) {
        return (patientIds, caller, at) -> {
            Map<String, Opening> opened = openings.of(patientIds, caller, at);
            opened.values().forEach(opening -> EmergencyLedger.note(request, opening.patientId(), opening.reason()));
            return opened;
        };
    }

    public StoredReferences references(RequestDetails request) {
        return (StoredReferences)
                request.getUserData().computeIfAbsent(REFERENCES, key -> new StoredReferences(stored, serverBase));
    }

    /** What a type search asks for, without what is to come along. */
    static SearchRequest search(RequestDetails request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        request.getParameters().forEach((name, values) -> {
            // What comes along with a page is added to it afterwards, and not by the storage.
            if (!IncludeKey.isName(name)) {
                parameters.put(name, List.of(values));
            }
        });
        return new SearchRequest(request.getResourceName(), parameters);
    }

    /** Keeps what a search asks for without its chains, before it is narrowed: it names the patients who are looked for. */
    void resolved(RequestDetails request, SearchRequest search) {
        request.getUserData().put(SEARCH, search);
    }

    /** Empty for what is no type search, or was refused before. */
    public Optional<SearchRequest> resolved(RequestDetails request) {
        return Optional.ofNullable((SearchRequest) request.getUserData().get(SEARCH));
    }
}
