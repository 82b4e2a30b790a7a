package eu.sinusnode.server.therapy;

import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.medicine.Prescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Goal;
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
    private static final Set<String> READ =
            Set.of("Goal", "ServiceRequest", "Appointment", "Task", "MedicationRequest");

    static PlanRecords of(CarePlan plan, Readable source) {
        Map<String, Resource> records = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        paths(plan)
                .filter(path -> isPlaceholder(path) || READ.contains(path.substring(0, path.indexOf('/'))))
                .forEach(path -> source.readIfOpen(type(path), path)
                        .ifPresentOrElse(record -> records.put(path, record), () -> missing.add(path)));
        return new PlanRecords(records, missing);
    }

    /** What it names, as {@code Type/[id]}, or by the placeholder of what the same request stores. */
    static Stream<String> paths(CarePlan plan) {
        return Stream.concat(
                        plan.getGoal().stream(),
                        plan.getActivity().stream().map(CarePlan.CarePlanActivityComponent::getReference))
                .filter(Reference::hasReference)
                .map(Reference::getReferenceElement)
                .map(id -> id.hasResourceType() ? id.getResourceType() + "/" + id.getIdPart() : id.getValue())
                .filter(path -> isPlaceholder(path) || path.indexOf('/') > 0)
                .distinct();
    }

    /** Goals of a plan that can be read. */
    static List<Goal> goals(CarePlan plan, Readable source) {
        return paths(plan)
                .filter(path -> path.startsWith("Goal/"))
                .flatMap(path -> source.readIfOpen(Goal.class, path).stream())
                .toList();
    }

    private static boolean isPlaceholder(String path) {
        return path.startsWith("urn:");
    }

    private static Class<? extends Resource> type(String path) {
        if (isPlaceholder(path)) {
            return Resource.class;
        }
        return switch (path.substring(0, path.indexOf('/'))) {
            case "Goal" -> Goal.class;
            case "ServiceRequest" -> ServiceRequest.class;
            case "Appointment" -> Appointment.class;
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

    /**
     * Without proposals, which nobody takes, and without what is over.
     *
     * @param beside prescriptions that hold beside the plan's
     */
    List<Prescription> prescriptions(List<Prescription> beside, Readable source) {
        PrescriptionReader reader = new PrescriptionReader(source);
        Map<String, Prescription> all = new LinkedHashMap<>();
        Stream.concat(all(MedicationRequest.class).stream().map(reader::of), beside.stream())
                .filter(prescription -> !MedicineProposal.is(prescription.request()))
                .filter(prescription -> !MedicineProposal.isOver(prescription.request()))
                .forEach(prescription -> all.putIfAbsent(prescription.path(), prescription));
        return List.copyOf(all.values());
    }
}
