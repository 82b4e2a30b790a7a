package eu.sinusnode.server.appointments;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;

/** {@code Appointment/[id]/$cancel}: an appointment that has not begun ends; its time is free again. */
public final class CancelOperation {

    static final String NAME = "$cancel";
    private static final String BY_PATIENT = "pat";
    private static final String BY_CLINIC = "prov";
    private static final String REASONS = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";
    private static final Set<String> NAMES = Set.of("version", "reason");

    private final AppointmentChanges changes;

    CancelOperation(AppointmentChanges changes) {
        this.changes = changes;
    }

    @Operation(name = NAME, type = Appointment.class)
    public Appointment cancel(@IdParam IdType id, ServletRequestDetails request) {
        AppointmentParameters asked = AppointmentParameters.read(request.getResource(), NAMES);
        String version = asked.version("version");
        String otherwise = CurrentCaller.require(request).kind().actsAsPatient() ? BY_PATIENT : BY_CLINIC;
        String reason = asked.code("reason", Set.of(BY_PATIENT, BY_CLINIC, "maint", "meds-inc", "other"), otherwise);
        Appointment booked = changes.read(request, id.getIdPart());
        changes.demand(request, booked, Interaction.UPDATE);
        if (!version.equals(booked.getIdElement().getVersionIdPart())) {
            throw Denials.problem(RequestProblem.APPOINTMENT_STATE, "the Appointment has changed since it was read");
        }
        return changes.answer(
                request,
                "cancelled",
                changes.bookings()
                        .cancel(booked, new CodeableConcept(new Coding(REASONS, reason, null)), changes.now()));
    }
}
