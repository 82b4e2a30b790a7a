package eu.sinusnode.therapy.reminder;

import eu.sinusnode.therapy.medicine.MedicineProposal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;

/**
 * What of a plan a patient can be reminded of: orders, prescriptions and Tasks that hold and say when. What is taken as needed is not
 * due, a medicine that is only proposed is nothing to take, and an activity that the plan only describes has no record that an answer
 * could stand on.
 */
public final class PlanActivities {

    private static final Set<TaskStatus> OPEN =
            Set.of(TaskStatus.REQUESTED, TaskStatus.RECEIVED, TaskStatus.ACCEPTED, TaskStatus.INPROGRESS);

    private PlanActivities() {}

    /** The records that the plan names and that may say when, as {@code Type/id}. */
    public static List<String> named(CarePlan plan) {
        return plan.getActivity().stream()
                .map(CarePlanActivityComponent::getReference)
                .map(Reference::getReferenceElement)
                .filter(reference -> reference.hasIdPart()
                        && Set.of("ServiceRequest", "MedicationRequest", "Task")
                                .contains(String.valueOf(reference.getResourceType())))
                .map(reference -> reference.getResourceType() + "/" + reference.getIdPart())
                .distinct()
                .toList();
    }

    /** @param records by {@code Type/id}, in the order of the plan */
    public static List<Activity> of(Map<String, Resource> records) {
        List<Activity> activities = new ArrayList<>();
        new LinkedHashMap<>(records).forEach((path, record) -> {
            List<Timing> timings = timings(record).toList();
            for (int part = 0; part < timings.size(); part++) {
                activities.add(new Activity(path, part, name(record), timings.get(part)));
            }
        });
        return activities;
    }

    private static Stream<Timing> timings(Resource record) {
        if (record instanceof ServiceRequest order && order.getStatus() == ServiceRequestStatus.ACTIVE) {
            return order.hasAsNeeded() ? Stream.of() : timing(order.getOccurrence());
        }
        if (record instanceof MedicationRequest prescription && MedicineProposal.isPrescribed(prescription)) {
            return prescription.getDosageInstruction().stream()
                    .filter(dosage -> !dosage.hasAsNeeded() && dosage.hasTiming())
                    .map(Dosage::getTiming);
        }
        if (record instanceof Task task && task.getStatus() != null && OPEN.contains(task.getStatus())) {
            return task.getInput().stream().flatMap(input -> timing(input.getValue()));
        }
        return Stream.of();
    }

    private static Stream<Timing> timing(org.hl7.fhir.r4.model.Type when) {
        return when instanceof Timing timing ? Stream.of(timing) : Stream.of();
    }

    private static String name(Resource record) {
        if (record instanceof ServiceRequest order) {
            return name(order.getCode());
        }
        if (record instanceof MedicationRequest prescription) {
            return prescription.hasMedicationReference()
                    ? prescription.getMedicationReference().hasDisplay()
                            ? prescription.getMedicationReference().getDisplay()
                            : UNNAMED_DRUG
                    : name(prescription.getMedicationCodeableConcept());
        }
        return ((Task) record).getDescription();
    }

    private static final String UNNAMED_DRUG = "Medication";

    private static String name(CodeableConcept concept) {
        return concept.hasText()
                ? concept.getText()
                : concept.getCoding().stream()
                        .filter(Coding::hasDisplay)
                        .map(Coding::getDisplay)
                        .findFirst()
                        .orElseGet(
                                () -> String.valueOf(concept.getCodingFirstRep().getCode()));
    }
}
