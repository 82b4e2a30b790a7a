package eu.sinusnode.server.projection;

import eu.sinusnode.policy.narrowing.RecordOwners;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.r4.model.Resource;

/**
 * Between whoever changes what may be told of a patient and whoever is about to tell it. Who tells holds the patient's
 * barrier open from before the decision until the receiver has answered; a transaction that changes a Consent, or a link that
 * access stands on, waits for those and closes it until it has committed. So nothing is told after a withdrawal was
 * acknowledged. The barrier is PostgreSQL's, the same for all nodes, and falls with its transaction.
 */
public final class TellingBarrier implements Projection {

    private static final Set<String> GROUNDS = Set.of("CareTeam", "Consent", "Coverage", "RelatedPerson");
    private static final String KEY = "hashtextextended('sinusnode.telling/' || p.patient, 0)";

    /** In one order, so that two transactions that close for the same patients do not wait for each other. */
    private static final String CLOSE = "SELECT pg_advisory_xact_lock(k.key)::text FROM (SELECT " + KEY
            + " AS key FROM unnest(?::text[]) AS p (patient) ORDER BY 1) AS k";

    private static final String OPEN =
            "SELECT p.patient FROM unnest(?::text[]) AS p (patient) WHERE pg_try_advisory_xact_lock_shared(" + KEY
                    + ")";

    private final RunningTransaction transaction;
    private final BooleanSupplier somebodyListens;

    /** @param somebodyListens false when nobody has subscribed to anything: then there is nothing to wait for */
    public TellingBarrier(RunningTransaction transaction, BooleanSupplier somebodyListens) {
        this.transaction = transaction;
        this.somebodyListens = somebodyListens;
    }

    /**
     * Waits for those who tell, and lets nobody begin until the transaction has ended.
     *
     * @param patients ids
     */
    public static void close(RunningTransaction transaction, Collection<String> patients) {
        if (!patients.isEmpty()) {
            transaction.queryForList(CLOSE, String.class, (Object) patients.toArray(String[]::new));
        }
    }

    /**
     * Never waits, so that who holds some and wants more cannot stand in anybody's way.
     *
     * @param patients ids
     * @return those about whom may be told until the transaction ends
     */
    public static Set<String> open(RunningTransaction transaction, Collection<String> patients) {
        return patients.isEmpty()
                ? Set.of()
                : Set.copyOf(transaction.queryForList(OPEN, String.class, (Object) patients.toArray(String[]::new)));
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        Set<String> patients = new TreeSet<>();
        for (ResourceChange change : changes) {
            if (GROUNDS.contains(change.resource().fhirType())) {
                patients.addAll(patients(change.resource()));
            }
        }
        if (!patients.isEmpty() && somebodyListens.getAsBoolean()) {
            close(transaction, patients);
        }
    }

    private static List<String> patients(Resource resource) {
        return RecordOwners.ownerReferences(resource).stream()
                .map(owner -> ResourceIds.referenced(owner, "Patient").orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }
}
