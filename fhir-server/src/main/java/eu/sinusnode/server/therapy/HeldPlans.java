package eu.sinusnode.server.therapy;

import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Resource;

/** Finds a patient's plans that hold, with the server's own rights. */
public final class HeldPlans {

    private static final int MOST = 50;

    private final RecordSearch search;
    private final StoredRecords records;

    public HeldPlans(RecordSearch search, StoredRecords records) {
        this.search = search;
        this.records = records;
    }

    /** @param patient id */
    public List<CarePlan> of(String patient) {
        List<String> paths = search
                .ids("CarePlan", Map.of("patient", List.of("Patient/" + patient), "status", List.of("active")), MOST)
                .stream()
                .map(id -> "CarePlan/" + id)
                .toList();
        Map<String, Resource> found = records.currentOf(paths);
        return paths.stream()
                .map(found::get)
                .filter(CarePlan.class::isInstance)
                .map(CarePlan.class::cast)
                .filter(plan -> plan.getStatus() == CarePlanStatus.ACTIVE)
                .toList();
    }
}
