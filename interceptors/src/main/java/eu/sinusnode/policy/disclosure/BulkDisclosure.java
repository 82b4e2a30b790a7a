package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.SearchedPatients;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.residency.CallerRegistration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a search would decide, for many records at once and where no request is under way any more: the same policies, on
 * facts that are read anew whenever they are asked for.
 */
public final class BulkDisclosure {

    /** A record leaves as it would by a search. */
    public static final Interaction INTERACTION = Interaction.SEARCH;

    private final AccessMatrix matrix;
    private final CallerRegistration registration;
    private final DisclosurePolicy disclosure;
    private final PermitDirectory permits;
    private final StoredRecords stored;
    private final String serverBase;

    public BulkDisclosure(
            AccessMatrix matrix,
            CallerRegistration registration,
            DisclosurePolicy disclosure,
            PermitDirectory permits,
            StoredRecords stored,
            String serverBase) {
        this.matrix = matrix;
        this.registration = registration;
        this.disclosure = disclosure;
        this.permits = permits;
        this.stored = stored;
        this.serverBase = serverBase;
    }

    /** Whether data may still go to the caller at all. */
    public Decision decideRecipient(Caller caller) {
        return registration.decide(caller);
    }

    /** Whether the caller gets records of the type at all: matrix and scope. */
    public Decision decideType(Caller caller, String resourceType) {
        return disclosure.decideExportedType(caller, resourceType);
    }

    /** Every type that the storage keeps and the caller's kind and scopes reach, sorted. */
    public SortedSet<String> types(Caller caller) {
        SortedSet<String> types = new TreeSet<>();
        matrix.resourceTypes().stream()
                .filter(this::isStored)
                .filter(type -> decideType(caller, type) instanceof Decision.Permit)
                .forEach(types::add);
        return types;
    }

    /** Whether records of the type lie in the storage; some types are computed, or have a store of their own. */
    public boolean isStored(String resourceType) {
        return !matrix.searchParameters(resourceType).isEmpty();
    }

    /** Whether the type's records are found by whose they are; others come along because they are referred to. */
    public static boolean isOfPatients(String resourceType) {
        return SearchedPatients.findsByPatient(resourceType) || resourceType.equals("Provenance");
    }

    /** Whether records of the type can be nobody's, and so come along when they are referred to. */
    public static boolean mayBeOfNobody(String resourceType) {
        return !isOfPatients(resourceType) || resourceType.equals("Device");
    }

    /** How the caller stands towards patients at the instant; nothing has been read yet. */
    public PatientStandings standings(Caller caller, Instant at) {
        return new PatientStandings(permits, caller, at);
    }

    /** The current version; empty when there is none. */
    public Optional<Resource> current(String resourceType, String id) {
        return stored.current(resourceType, id);
    }

    /** What was deleted, which is decided like a record that is there; empty when it is there, or never was. */
    public Optional<Resource> beforeDeletion(String resourceType, String id) {
        return stored.beforeDeletion(resourceType, id);
    }

    public StoredReferences references() {
        return new StoredReferences(stored, serverBase);
    }

    public Decision decide(Caller caller, RecordFacts record, PatientStandings standings) {
        return decide(caller, record, standings.ofOwners(record), standings.at());
    }

    /** @param standings towards everybody whose record it is, by patient id, as they are or were at the instant */
    public Decision decide(Caller caller, RecordFacts record, Map<String, Standing> standings, Instant at) {
        return disclosure.decideExport(caller, record, standings, at);
    }

    /**
     * Whether each signed record of the type that is this patient's alone is given, whatever it says: then it need not be
     * read to be decided. Where that cannot be told it is no.
     */
    public boolean givesEachSigned(Caller caller, String resourceType, Standing standing, Instant at) {
        return disclosure.exportsEachSigned(caller, resourceType, standing, at);
    }
}
