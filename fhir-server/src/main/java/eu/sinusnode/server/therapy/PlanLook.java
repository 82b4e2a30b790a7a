package eu.sinusnode.server.therapy;

import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.therapy.progress.TargetJudge;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;

/**
 * A look at how a plan was kept in its last {@link ProgressOperation#DAYS} days.
 *
 * @param from the first day that counts
 * @param last the first day that does not count any more
 */
record PlanLook(PlanRecord record, PlanProgress progress, LocalDate from, LocalDate last) {

    private static final Set<CarePlanStatus> STARTED = Set.of(CarePlanStatus.ACTIVE, CarePlanStatus.COMPLETED);

    /** @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException of a plan that has not begun, or was given up */
    static PlanLook read(CarePlan plan, PlanSearch requests, ZoneId zone, Instant now) {
        if (!STARTED.contains(plan.getStatus())) {
            throw Denials.problem(
                    RequestProblem.PLAN_STATE, "only of an active or completed plan can be said what was kept");
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate last = ProgressOperation.last(plan, today);
        Past<CarePlan> past = ProgressOperation.past(plan, requests, last, zone);
        LocalDate from = ProgressOperation.from(past, last);
        Instant until = last.isBefore(today) ? last.atStartOfDay(zone).toInstant() : now;
        PlanRecord record = new PlanRecordReader(requests)
                .read(
                        past,
                        from,
                        from.atStartOfDay(zone).toInstant(),
                        today.minusDays(TargetJudge.LABORATORY_DAYS + 1L));
        return new PlanLook(record, new PlanProgress(record, zone, from, until, now), from, last);
    }
}
