package eu.sinusnode.server.appointments;

import eu.sinusnode.policy.access.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * The Parameters of {@code Appointment/$book}.
 *
 * @param slot id of the Slot
 * @param version of the Slot that was looked at
 * @param patient whose appointment it is; null when a proposed one is named, which says so
 * @param appointment id of a proposed Appointment, or null for a new one
 * @param overlaps whether the patient may have another appointment at this time
 */
record BookRequest(
        String slot,
        String version,
        @Nullable String patient,
        @Nullable String appointment,
        boolean overlaps) {

    private static final Set<String> NAMES =
            Set.of("slot", "version", "patient", "appointment", AppointmentParameters.OVERLAP);

    static BookRequest read(@Nullable IBaseResource body, Caller caller) {
        AppointmentParameters asked = AppointmentParameters.read(body, NAMES);
        if (asked.has("patient") && asked.has("appointment")) {
            throw AppointmentParameters.malformed("patient is of a new appointment; a proposed one says whose it is");
        }
        String appointment = asked.has("appointment") ? asked.reference("appointment", "Appointment") : null;
        String patient = asked.has("patient") ? asked.reference("patient", "Patient") : null;
        if (appointment == null && patient == null) {
            patient = caller.kind().actsAsPatient() ? caller.patientId() : null;
            if (patient == null) {
                throw AppointmentParameters.malformed("patient is missing: Patient/[id]");
            }
        }
        return new BookRequest(
                asked.reference("slot", "Slot"), asked.version("version"), patient, appointment, asked.overlaps());
    }

    /** Of a new appointment: the same for the same request, so that one that is sent again books nothing more. */
    String newId() {
        return UUID.nameUUIDFromBytes(
                        ("appointment " + slot + " " + version + " " + patient).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
