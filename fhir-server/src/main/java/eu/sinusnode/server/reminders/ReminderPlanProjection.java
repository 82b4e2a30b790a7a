package eu.sinusnode.server.reminders;

import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.profiles.ImposedProfiles;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * Marks plans to be read again in the transaction that changes what they consist of, or what their patient permits. From its commit on
 * nothing is made of the old plan.
 */
public final class ReminderPlanProjection implements Projection {

    private static final Set<String> GROUNDS =
            Set.of("CarePlan", "Consent", "MedicationRequest", "Patient", "ServiceRequest", "Task");

    /** What is due from its transaction on is told, however long it takes until a node reads the plan. */
    private static final String ACTIVE = """
            INSERT INTO sinusnode.reminder_plan (plan, patient, stale, planned_until) VALUES (?, ?, true, now())
            ON CONFLICT (plan) DO UPDATE SET patient = EXCLUDED.patient, stale = true, again = '-infinity'
            """;

    /** In one order, so that two of the same patients do not wait for each other. */
    private static final String STALE = """
            UPDATE sinusnode.reminder_plan SET stale = true, again = '-infinity' WHERE plan IN (
                SELECT p.plan FROM sinusnode.reminder_plan p WHERE p.patient = ANY (?) AND (NOT p.stale OR p.again > '-infinity')
                ORDER BY p.plan FOR UPDATE)
            """;

    private final RunningTransaction transaction;

    public ReminderPlanProjection(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** What changed of these patients concerns their plans. */
    public static void stale(RunningTransaction transaction, Set<UUID> patients) {
        if (!patients.isEmpty()) {
            transaction.update(STALE, (Object) patients.toArray(UUID[]::new));
        }
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        Set<UUID> changed = new TreeSet<>();
        for (ResourceChange change : changes) {
            Resource resource = change.resource();
            if (!GROUNDS.contains(resource.fhirType()) || ImposedProfiles.isReminder(resource)) {
                continue;
            }
            Optional<UUID> patient = patient(change);
            patient.ifPresent(changed::add);
            if (resource instanceof CarePlan plan
                    && plan.getStatus() == CarePlanStatus.ACTIVE
                    && !change.isDeletion()) {
                UUID id = ResourceIds.require("CarePlan", change.id());
                patient.ifPresent(of -> transaction.update(ACTIVE, id, of));
            }
        }
        stale(transaction, changed);
    }

    private static Optional<UUID> patient(ResourceChange change) {
        if (change.resource() instanceof Patient) {
            return ResourceIds.parse(change.id());
        }
        return RecordOwners.ownerReferences(change.resource()).stream()
                .flatMap(owner -> ResourceIds.referenced(owner, "Patient").stream())
                .flatMap(id -> ResourceIds.parse(id).stream())
                .findFirst();
    }
}
