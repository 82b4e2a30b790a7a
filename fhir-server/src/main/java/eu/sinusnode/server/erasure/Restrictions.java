package eu.sinusnode.server.erasure;

import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.reminders.ReminderPlanProjection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code sinusnode.restriction}, on the running transaction. */
class Restrictions {

    private static final String PUT = """
            INSERT INTO sinusnode.restriction (patient, ground, since) VALUES (?, ?, ?)
            ON CONFLICT (patient) DO UPDATE SET ground = EXCLUDED.ground, announced = NULL
            """;

    /** A job that reads what is new has to read the patient again. */
    private static final String NEW_TO_READERS =
            "UPDATE sinusnode.directive SET change_sequence = pg_current_xact_id()::text::bigint WHERE patient = ?";

    private final RunningTransaction transaction;

    Restrictions(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** What was opened in an emergency closes. */
    void put(Collection<UUID> patients, RestrictionGround ground, Instant since) {
        for (UUID patient : patients) {
            transaction.update(PUT, patient, ground.code(), at(since));
            transaction.update(
                    "UPDATE sinusnode.break_glass SET until = GREATEST(opened, ?) WHERE patient = ? AND until > ?",
                    at(since),
                    patient,
                    at(since));
        }
        ReminderPlanProjection.stale(transaction, Set.copyOf(patients));
    }

    boolean isRestricted(UUID patient) {
        return Boolean.TRUE.equals(transaction.queryForObject(
                "SELECT EXISTS (SELECT FROM sinusnode.restriction WHERE patient = ?)", Boolean.class, patient));
    }

    /** When the patient was told that it will be lifted. */
    Optional<Instant> announced(UUID patient) {
        return transaction
                .queryForList(
                        "SELECT announced FROM sinusnode.restriction WHERE patient = ? AND announced IS NOT NULL",
                        OffsetDateTime.class,
                        patient)
                .stream()
                .map(OffsetDateTime::toInstant)
                .findFirst();
    }

    void announce(Collection<UUID> patients, Instant now) {
        patients.forEach(patient -> transaction.update(
                "UPDATE sinusnode.restriction SET announced = ? WHERE patient = ?", at(now), patient));
    }

    void lift(Collection<UUID> patients) {
        for (UUID patient : patients) {
            transaction.update("DELETE FROM sinusnode.restriction WHERE patient = ?", patient);
            transaction.update(NEW_TO_READERS, patient);
        }
        ReminderPlanProjection.stale(transaction, Set.copyOf(patients));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
