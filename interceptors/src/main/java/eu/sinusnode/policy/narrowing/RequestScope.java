package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import java.time.Clock;

/** The facts that one request is decided on; every step of it sees the same ones. */
public final class RequestScope {

    private static final String STANDINGS = PatientStandings.class.getName();
    private static final String REFERENCES = References.class.getName();

    private final PermitDirectory permits;
    private final StoredRecords stored;
    private final Clock clock;
    private final String serverBase;

    public RequestScope(PermitDirectory permits, StoredRecords stored, Clock clock, String serverBase) {
        this.permits = permits;
        this.stored = stored;
        this.clock = clock;
        this.serverBase = serverBase;
    }

    public PatientStandings standings(RequestDetails request) {
        return (PatientStandings) request.getUserData()
                .computeIfAbsent(
                        STANDINGS,
                        key -> new PatientStandings(permits, CurrentCaller.require(request), clock.instant()));
    }

    public StoredReferences references(RequestDetails request) {
        return (StoredReferences)
                request.getUserData().computeIfAbsent(REFERENCES, key -> new StoredReferences(stored, serverBase));
    }
}
