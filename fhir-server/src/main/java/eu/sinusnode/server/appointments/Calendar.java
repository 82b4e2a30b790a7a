package eu.sinusnode.server.appointments;

import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/**
 * A time in a calendar, with the calendar.
 *
 * @param slot as it was read
 */
record Calendar(Slot slot, Schedule schedule) {

    String slotId() {
        return slot.getIdElement().getIdPart();
    }

    String scheduleId() {
        return schedule.getIdElement().getIdPart();
    }

    boolean isFreeIn(String version, Date now) {
        return slot.getStatus() == SlotStatus.FREE
                && version.equals(slot.getIdElement().getVersionIdPart())
                && slot.getStart().after(now)
                && (!schedule.hasActive() || schedule.getActive());
    }

    boolean overlaps(Slot other) {
        return other.getStart().before(slot.getEnd()) && slot.getStart().before(other.getEnd());
    }

    boolean overlaps(Appointment other) {
        return other.hasStart()
                && other.hasEnd()
                && other.getStart().before(slot.getEnd())
                && slot.getStart().before(other.getEnd());
    }

    /**
     * The appointment takes place then and there. Who took part for a calendar that it leaves takes part no more.
     *
     * @param leaves calendars that it was in
     */
    Appointment take(Appointment appointment, List<Schedule> leaves) {
        Appointment taken = appointment.copy();
        taken.setStatus(AppointmentStatus.BOOKED)
                .setStart(slot.getStart())
                .setEnd(slot.getEnd())
                .setSlot(List.of(new Reference("Slot/" + slotId())));
        // Days that were meant once are none that are asked for any more.
        taken.setRequestedPeriod(null);
        if (!taken.hasServiceType()) {
            taken.setServiceType(slot.hasServiceType() ? slot.getServiceType() : schedule.getServiceType());
        }
        if (!taken.hasSpecialty()) {
            taken.setSpecialty(slot.hasSpecialty() ? slot.getSpecialty() : schedule.getSpecialty());
        }
        if (!taken.hasAppointmentType() && slot.hasAppointmentType()) {
            taken.setAppointmentType(slot.getAppointmentType());
        }
        leaves.forEach(calendar -> calendar.getActor()
                .forEach(actor -> taken.getParticipant().removeIf(participant -> isOf(participant, actor))));
        for (Reference actor : schedule.getActor()) {
            if (taken.getParticipant().stream().noneMatch(participant -> isOf(participant, actor))) {
                taken.addParticipant().setActor(new Reference(path(actor)));
            }
        }
        taken.getParticipant().stream()
                .filter(participant -> isPatient(participant)
                        || schedule.getActor().stream().anyMatch(actor -> isOf(participant, actor)))
                .forEach(participant -> participant.setStatus(ParticipationStatus.ACCEPTED));
        return taken;
    }

    /** Whose the appointment is: a record is one patient's. */
    static Optional<String> patient(Appointment appointment) {
        return appointment.getParticipant().stream()
                .filter(Calendar::isPatient)
                .map(participant -> participant.getActor().getReferenceElement().getIdPart())
                .findFirst();
    }

    static boolean isPatient(AppointmentParticipantComponent participant) {
        return "Patient".equals(participant.getActor().getReferenceElement().getResourceType());
    }

    private static boolean isOf(AppointmentParticipantComponent participant, Reference actor) {
        return path(participant.getActor()).equals(path(actor));
    }

    private static String path(Reference reference) {
        return String.valueOf(
                reference.getReferenceElement().toUnqualifiedVersionless().getValue());
    }
}
