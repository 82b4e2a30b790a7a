package eu.sinusnode.server.appointments;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Interaction;
import java.util.Objects;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Reference;

/**
 * {@code Appointment/$book}: a free Slot becomes a patient's appointment, a new one or one that a therapy plan proposed.
 * The shape follows the Argonaut Scheduling IG's operation of that name; asked again, it answers with the same appointment.
 */
public final class BookOperation {

    static final String NAME = "$book";

    private final AppointmentChanges changes;

    BookOperation(AppointmentChanges changes) {
        this.changes = changes;
    }

    @Operation(name = NAME, type = Appointment.class)
    public Appointment book(ServletRequestDetails request) {
        BookRequest asked = BookRequest.read(request.getResource(), CurrentCaller.require(request));
        Appointment wanted =
                asked.appointment() == null ? newAppointment(asked) : changes.read(request, asked.appointment());
        changes.demand(request, wanted, Interaction.CREATE);
        changes.demandCalendar(request, wanted, asked.slot());
        return changes.answer(
                request,
                "booked",
                changes.bookings()
                        .book(
                                wanted,
                                asked.slot(),
                                asked.version(),
                                changes.inTheWay(request, asked.overlaps()),
                                changes.now()));
    }

    private static Appointment newAppointment(BookRequest asked) {
        Appointment appointment = new Appointment();
        appointment.setId(asked.newId());
        appointment.addParticipant().setActor(new Reference("Patient/" + Objects.requireNonNull(asked.patient())));
        return appointment;
    }
}
