package eu.sinusnode.therapy.progress;

import eu.sinusnode.therapy.medicine.MedicineProposal;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/** Whether a version of a plan, or of something that it asks for, asks for anything. */
enum Standing {
    /** It is asked for. */
    HOLDS,
    /** It was asked for, and is over. */
    OVER,
    /** It waits, is paused or was given up: nothing is asked for. */
    RESTS,
    /** It was entered in error: it was never asked for. */
    NEVER;

    static Standing of(CarePlan plan) {
        return plan.getStatus() == null
                ? RESTS
                : switch (plan.getStatus()) {
                    case ACTIVE -> HOLDS;
                    case COMPLETED -> OVER;
                    case ENTEREDINERROR -> NEVER;
                    default -> RESTS;
                };
    }

    static Standing of(ServiceRequest order) {
        return order.getStatus() == null
                ? RESTS
                : switch (order.getStatus()) {
                    case ACTIVE -> HOLDS;
                    case COMPLETED -> OVER;
                    case ENTEREDINERROR -> NEVER;
                    default -> RESTS;
                };
    }

    /** What is only proposed was never asked for. */
    static Standing of(MedicationRequest prescription) {
        return prescription.getStatus() == null || MedicineProposal.is(prescription)
                ? RESTS
                : switch (prescription.getStatus()) {
                    case ACTIVE -> HOLDS;
                    case COMPLETED -> OVER;
                    case ENTEREDINERROR -> NEVER;
                    default -> RESTS;
                };
    }

    static Standing of(Task task) {
        return task.getStatus() == null
                ? RESTS
                : switch (task.getStatus()) {
                    case REQUESTED, RECEIVED, ACCEPTED, READY, INPROGRESS -> HOLDS;
                    case COMPLETED -> OVER;
                    case ENTEREDINERROR -> NEVER;
                    default -> RESTS;
                };
    }

    /** What a plan describes holds with the plan unless it says otherwise. */
    static Standing of(CarePlanActivityDetailComponent detail) {
        return detail.getStatus() == null
                ? HOLDS
                : switch (detail.getStatus()) {
                    case COMPLETED -> OVER;
                    case ENTEREDINERROR -> NEVER;
                    case ONHOLD, CANCELLED, STOPPED -> RESTS;
                    default -> HOLDS;
                };
    }
}
