package eu.sinusnode.server.reminders;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.storage.Zone;
import eu.sinusnode.server.therapy.AdherenceObservations;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes once a week how much of each active plan was kept, one plan in one transaction. */
public final class Adherence {

    private static final Logger LOG = LoggerFactory.getLogger(Adherence.class);
    private static final Duration AFTER_FAULT = Duration.ofHours(1);
    private static final Duration NIGHT = Duration.ofHours(4);

    private static final String DUE = """
            SELECT plan FROM sinusnode.reminder_plan WHERE NOT stale AND adherence_due <= ?
            ORDER BY adherence_due LIMIT 1
            """;

    /** Once, whoever else does the same; and never of a plan that changes meanwhile. */
    private static final String TAKE = """
            SELECT plan FROM sinusnode.reminder_plan WHERE plan = ? AND NOT stale AND adherence_due <= ?
            FOR UPDATE SKIP LOCKED
            """;

    private static final String NEXT = "UPDATE sinusnode.reminder_plan SET adherence_due = ? WHERE plan = ?";

    private static final String KNOWN = """
            SELECT r.res_type || '/' || r.fhir_id FROM public.hfj_resource r
            WHERE r.res_type IN ('Observation', 'Provenance') AND r.fhir_id = ANY (?)
            """;

    private final IHapiTransactionService transactions;
    private final RunningTransaction transaction;
    private final ReminderTable table;
    private final StoredRecords records;
    private final AdherenceObservations observations;
    private final DaoRegistry daos;

    Adherence(
            IHapiTransactionService transactions,
            RunningTransaction transaction,
            ReminderTable table,
            StoredRecords records,
            AdherenceObservations observations,
            DaoRegistry daos) {
        this.transactions = transactions;
        this.transaction = transaction;
        this.table = table;
        this.records = records;
        this.observations = observations;
        this.daos = daos;
    }

    /** @return whether there was a plan whose turn it was */
    public boolean write(Instant now) {
        List<UUID> due = transactions
                .withSystemRequest()
                .execute(() -> transaction.queryForList(DUE, UUID.class, ReminderPlans.at(now)));
        if (due == null || due.isEmpty()) {
            return false;
        }
        UUID plan = due.get(0);
        try {
            write(plan, now);
        } catch (RuntimeException broken) {
            LOG.error("Adherence could not be computed, and is tried again: {}", FaultOrigin.of(broken));
            transactions
                    .withSystemRequest()
                    .execute(() -> transaction.update(NEXT, ReminderPlans.at(now.plus(AFTER_FAULT)), plan));
        }
        return true;
    }

    private void write(UUID plan, Instant now) {
        LocalDate week = monday(now);
        List<Resource> computed = records.current("CarePlan", plan.toString())
                .map(found -> observations.of((CarePlan) found, week, now))
                .orElse(List.of());
        transactions.withSystemRequest().execute(() -> {
            if (transaction
                    .queryForList(TAKE, UUID.class, plan, ReminderPlans.at(now))
                    .isEmpty()) {
                return;
            }
            if (table.isPermitted(plan, now) && table.isOpen(plan, now)) {
                store(computed);
            }
            transaction.update(NEXT, ReminderPlans.at(next(plan, week)), plan);
        });
    }

    /** What was written before stays, and what was deleted does not come back. */
    private void store(List<Resource> computed) {
        String[] ids =
                computed.stream().map(each -> each.getIdElement().getIdPart()).toArray(String[]::new);
        Set<String> known = new HashSet<>(transaction.queryForList(KNOWN, String.class, (Object) ids));
        computed.stream()
                .filter(each -> !known.contains(
                        each.fhirType() + "/" + each.getIdElement().getIdPart()))
                .forEach(this::store);
    }

    private <T extends Resource> void store(T each) {
        @SuppressWarnings("unchecked") // Its own class.
        Class<T> type = (Class<T>) each.getClass();
        daos.getResourceDao(type).update(each, new SystemRequestDetails());
    }

    /** The week that is told ends before it. */
    static LocalDate monday(Instant now) {
        return now.atZone(Zone.OF_DATES).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** In the night to the next Monday, at a time of the plan's own, so that nodes meet different plans. */
    static Instant next(UUID plan, LocalDate week) {
        return week.plusWeeks(1)
                .atTime(1, 0)
                .atZone(Zone.OF_DATES)
                .toInstant()
                .plusSeconds(Math.floorMod(plan.getLeastSignificantBits(), NIGHT.toSeconds()));
    }
}
