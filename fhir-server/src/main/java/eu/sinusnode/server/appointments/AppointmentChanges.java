package eu.sinusnode.server.appointments;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.authorization.BatchEntry;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.server.batch.EntryAnswer;
import eu.sinusnode.server.batch.InnerRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;

/**
 * What the operations on appointments have in common: an appointment is read as the caller's own request, so that one that
 * the caller may not see is unknown; what was changed stands in the audit and is answered.
 */
record AppointmentChanges(
        InnerRequests requests,
        FhirContext context,
        BookingRights rights,
        DisclosureGate gate,
        Bookings bookings,
        Clock clock) {

    private static final int READ = 1;

    Instant now() {
        return clock.instant();
    }

    /** @throws BaseServerResponseException what the caller's own read is answered */
    Appointment read(ServletRequestDetails request, String id) {
        EntryAnswer answer =
                requests.send(request, new BatchEntry("GET", "Appointment/" + id, null, Map.of(), null), READ);
        if (answer.status() >= 300) {
            throw answer.refusal(context, "Nothing was stored.");
        }
        return context.newJsonParser().parseResource(Appointment.class, Objects.requireNonNull(answer.content()));
    }

    void demand(ServletRequestDetails request, Appointment appointment, Interaction interaction) {
        rights.demandPatient(request, patient(appointment), interaction);
    }

    void demandCalendar(ServletRequestDetails request, Appointment appointment, String slot) {
        rights.demandCalendar(request, bookings.calendar(slot).schedule(), patient(appointment));
    }

    /** Another appointment at the same time, of which the caller may know and which was not said to be meant. */
    Predicate<Appointment> inTheWay(ServletRequestDetails request, boolean accepted) {
        return other -> !accepted && gate.mayTellOf(request, other);
    }

    Appointment answer(ServletRequestDetails request, String what, Appointment changed) {
        String patient = patient(changed);
        List<AuditedRecord> records = Stream.concat(
                        Stream.of(new AuditedRecord(
                                patient,
                                "Appointment",
                                changed.getIdElement().getIdPart(),
                                changed.getIdElement().getVersionIdPart())),
                        changed.getSlot().stream()
                                .map(slot -> new AuditedRecord(
                                        null, "Slot", slot.getReferenceElement().getIdPart(), null)))
                .toList();
        DisclosureLedger.permittedBy(request, "appointment: " + what);
        DisclosureLedger.note(request, AuditedInteraction.OPERATION, null, records);
        return changed;
    }

    static String patient(Appointment appointment) {
        return Calendar.patient(appointment)
                .orElseThrow(() -> AppointmentParameters.malformed("the Appointment names no patient"));
    }
}
