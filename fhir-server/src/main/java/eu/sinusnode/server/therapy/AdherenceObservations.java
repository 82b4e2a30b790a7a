package eu.sinusnode.server.therapy;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.storage.Zone;
import eu.sinusnode.therapy.progress.TargetJudge;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Resource;

/**
 * How much of a plan was kept in the {@link ProgressOperation#DAYS} days before a day, as Observations; computed as {@code $progress}
 * does, of all that is stored. What is not known is an Observation without a value, with the reason.
 */
public final class AdherenceObservations {

    private final PlanSearch search;

    /** @param search with the server's rights, as {@code records} and earlier versions are read */
    public AdherenceObservations(RecordSearch search, StoredRecords records, DaoRegistry daos) {
        this.search = new StoredPlanSearch(search, records, daos);
    }

    /**
     * @param today the first day that does not count
     * @return Observations, and the Provenance of each that cannot name itself what it was computed of; with ids that follow from plan,
     *     day and what is told, each to be stored under its own
     */
    public List<Resource> of(CarePlan plan, LocalDate today, Instant now) {
        LocalDate last = ProgressOperation.last(plan, today);
        Past<CarePlan> past = ProgressOperation.past(plan, search, last, Zone.OF_DATES);
        LocalDate from = ProgressOperation.from(past, last);
        if (!from.isBefore(last)) {
            return List.of();
        }
        PlanRecord record = new PlanRecordReader(search)
                .read(
                        past,
                        from,
                        from.atStartOfDay(Zone.OF_DATES).toInstant(),
                        today.minusDays(TargetJudge.LABORATORY_DAYS + 1L));
        Instant until = last.atStartOfDay(Zone.OF_DATES).toInstant();
        PlanProgress progress = new PlanProgress(record, Zone.OF_DATES, from, until, until);
        return new AdherenceOfPlan(record, progress, from, last, now).records();
    }
}
