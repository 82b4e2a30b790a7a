package eu.sinusnode.server.appointments;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.IdType;

/** {@code Appointment/[id]/$reschedule}: the same appointment at another free time; the time that it leaves is free. */
public final class RescheduleOperation {

    static final String NAME = "$reschedule";
    private static final Set<String> NAMES = Set.of("version", "slot", "slot-version", AppointmentParameters.OVERLAP);

    private final AppointmentChanges changes;

    RescheduleOperation(AppointmentChanges changes) {
        this.changes = changes;
    }

    @Operation(name = NAME, type = Appointment.class)
    public Appointment reschedule(@IdParam IdType id, ServletRequestDetails request) {
        AppointmentParameters asked = AppointmentParameters.read(request.getResource(), NAMES);
        String version = asked.version("version");
        String slot = asked.reference("slot", "Slot");
        String slotVersion = asked.version("slot-version");
        Appointment booked = changes.read(request, id.getIdPart());
        changes.demand(request, booked, Interaction.UPDATE);
        if (!version.equals(booked.getIdElement().getVersionIdPart())) {
            throw Denials.problem(RequestProblem.APPOINTMENT_STATE, "the Appointment has changed since it was read");
        }
        changes.demandCalendar(request, booked, slot);
        return changes.answer(
                request,
                "moved",
                changes.bookings()
                        .move(booked, slot, slotVersion, changes.inTheWay(request, asked.overlaps()), changes.now()));
    }
}
