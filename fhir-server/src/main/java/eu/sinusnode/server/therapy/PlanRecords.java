package eu.sinusnode.server.therapy;

import eu.sinusnode.therapy.check.Prescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * The records that a plan consists of, as the caller may read them.
 *
 * @param records by their reference in the plan
 * @param missing references that could not be read
 */
record PlanRecords(Map<String, Resource> records, List<String> missing) {

    /** Types that are looked over or change with the plan; what else it names is only named. */
    private static final Set<String> READ = Set.of("Goal", "ServiceRequest", "Task", "MedicationRequest");

    static PlanRecords of(CarePlan plan, OwnRequests requests) {
        Map<String, Resource> records = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        Stream.concat(
                        plan.getGoal().stream(),
                        plan.getActivity().stream().map(CarePlan.CarePlanActivityComponent::getReference))
                .map(Reference::getReferenceElement)
                .filter(reference -> READ.contains(String.valueOf(reference.getResourceType())))
                .map(reference -> reference.getResourceType() + "/" + reference.getIdPart())
                .distinct()
                .forEach(path -> requests.readIfOpen(type(path), path)
                        .ifPresentOrElse(record -> records.put(path, record), () -> missing.add(path)));
        return new PlanRecords(records, missing);
    }

    private static Class<? extends Resource> type(String path) {
        return switch (path.substring(0, path.indexOf('/'))) {
            case "Goal" -> Goal.class;
            case "ServiceRequest" -> ServiceRequest.class;
            case "Task" -> Task.class;
            default -> MedicationRequest.class;
        };
    }

    <T extends Resource> List<T> all(Class<T> type) {
        return records.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** @param beside prescriptions that hold beside the plan's */
    List<Prescription> prescriptions(List<MedicationRequest> beside, OwnRequests requests) {
        Map<String, MedicationRequest> all = new LinkedHashMap<>();
        Stream.concat(all(MedicationRequest.class).stream(), beside.stream())
                .forEach(request -> all.putIfAbsent(request.getIdElement().getIdPart(), request));
        return all.values().stream()
                .map(request -> new Prescription(request, codes(request, requests)))
                .toList();
    }

    private static List<Coding> codes(MedicationRequest request, OwnRequests requests) {
        if (request.hasMedicationCodeableConcept()) {
            return request.getMedicationCodeableConcept().getCoding();
        }
        Reference medicine = request.getMedicationReference();
        if (medicine.getResource() instanceof Medication contained) {
            return contained.getCode().getCoding();
        }
        String id = medicine.getReferenceElement().getIdPart();
        return Optional.ofNullable(id)
                .flatMap(known -> requests.readIfOpen(Medication.class, "Medication/" + known))
                .map(medication -> medication.getCode().getCoding())
                .orElse(List.of());
    }
}
