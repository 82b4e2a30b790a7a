package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.RiskInputCodes;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Keeps what rules and scores ask of a record beside vital readings. */
public class RiskInputProjection implements Projection {

    private final RiskInputTable table;

    public RiskInputProjection(RiskInputTable table) {
        this.table = table;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        List<Resource> stored = new ArrayList<>();
        List<Resource> gone = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.isDeletion()) {
                if (isOfAType(change.resource()) || change.resource() instanceof Observation) {
                    gone.add(change.resource());
                }
            } else if (isOfAType(change.resource())
                    || change.resource() instanceof Observation observation && mayBeAsked(change, observation)) {
                stored.add(change.resource());
            }
        }
        table.gone(gone);
        table.put(stored);
    }

    private static boolean isOfAType(Resource resource) {
        return resource instanceof Patient
                || resource instanceof Condition
                || resource instanceof MedicationRequest
                || resource instanceof Goal;
    }

    /** Nearly all Observations are readings, and keep their code; one that has another code now may have had one of these. */
    private static boolean mayBeAsked(ResourceChange change, Observation observation) {
        return observation.getCode().getCoding().stream()
                        .anyMatch(coding -> coding.hasCode()
                                && RiskInputCodes.OF_OBSERVATIONS.contains(coding.getCode())
                                && RiskInputCodes.systemOf(coding.getCode()).equals(coding.getSystem()))
                || change.kind() == ResourceChange.Kind.UPDATED
                        && VitalReadings.of(observation).isEmpty();
    }
}
