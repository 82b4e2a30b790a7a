package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.EmergencyLedger;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.consent.Openings;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The facts that one request is decided on; every step of it sees the same ones. */
public final class RequestScope {

    private static final String STANDINGS = PatientStandings.class.getName();
    private static final String REFERENCES = References.class.getName();
    private static final String SEARCH = SearchRequest.class.getName();

    private final PermitDirectory permits;
    private final Openings openings;
    private final StoredRecords stored;
    private final Clock clock;
    private final String serverBase;

    public RequestScope(
            PermitDirectory permits, Openings openings, StoredRecords stored, Clock clock, String serverBase) {
        this.permits = permits;
        this.openings = openings;
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

    /** Keeps what a search asks for without its chains, before it is narrowed: it names the patients who are looked for. */
    void resolved(RequestDetails request, SearchRequest search) {
        request.getUserData().put(SEARCH, search);
    }

    /** Empty for what is no type search, or was refused before. */
    public Optional<SearchRequest> resolved(RequestDetails request) {
        return Optional.ofNullable((SearchRequest) request.getUserData().get(SEARCH));
    }
}
