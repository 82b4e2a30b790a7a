package eu.sinusnode.therapy.check;

import eu.sinusnode.profiles.Codes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * Where a plan has somebody train: in an order, an appointment, or an activity that it only describes. Training is what is coded
 * as exercise therapy, SNOMED CT 229065009.
 */
final class PlannedTraining {

    private static final String EXERCISE = "229065009";

    private static final Set<ServiceRequestStatus> ORDERS_OVER = EnumSet.of(
            ServiceRequestStatus.REVOKED, ServiceRequestStatus.COMPLETED, ServiceRequestStatus.ENTEREDINERROR);
    private static final Set<AppointmentStatus> APPOINTMENTS_OVER = EnumSet.of(
            AppointmentStatus.FULFILLED,
            AppointmentStatus.CANCELLED,
            AppointmentStatus.NOSHOW,
            AppointmentStatus.ENTEREDINERROR);
    private static final Set<CarePlanActivityStatus> ACTIVITIES_OVER = EnumSet.of(
            CarePlanActivityStatus.COMPLETED,
            CarePlanActivityStatus.CANCELLED,
            CarePlanActivityStatus.STOPPED,
            CarePlanActivityStatus.ENTEREDINERROR);

    private PlannedTraining() {}

    /** Paths of what is not over. */
    static List<String> of(PlanUnderReview plan) {
        Stream<String> orders = plan.services().stream()
                .filter(order -> !ORDERS_OVER.contains(order.getStatus()))
                .filter(order -> isExercise(order.getCode())
                        || order.getCategory().stream().anyMatch(PlannedTraining::isExercise))
                .map(order -> "ServiceRequest/" + order.getIdElement().getIdPart());
        Stream<String> appointments = plan.appointments().stream()
                .filter(appointment -> !APPOINTMENTS_OVER.contains(appointment.getStatus()))
                .filter(appointment -> appointment.getServiceType().stream().anyMatch(PlannedTraining::isExercise))
                .map(appointment -> "Appointment/" + appointment.getIdElement().getIdPart());
        Stream<String> described = IntStream.range(0, plan.plan().getActivity().size())
                .filter(i -> isTraining(plan.plan().getActivity().get(i).getDetail()))
                .mapToObj(i -> plan.activity(i) + ".detail");
        return Stream.of(orders, appointments, described)
                .flatMap(paths -> paths)
                .toList();
    }

    private static boolean isTraining(CarePlanActivityDetailComponent detail) {
        return isExercise(detail.getCode())
                && !detail.getDoNotPerform()
                && !ACTIVITIES_OVER.contains(detail.getStatus());
    }

    private static boolean isExercise(CodeableConcept concept) {
        return concept.getCoding().stream()
                .anyMatch(coding -> Codes.SNOMED.equals(coding.getSystem()) && EXERCISE.equals(coding.getCode()));
    }
}
