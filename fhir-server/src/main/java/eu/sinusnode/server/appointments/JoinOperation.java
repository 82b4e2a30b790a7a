package eu.sinusnode.server.appointments;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UrlType;
import org.jspecify.annotations.Nullable;

/**
 * {@code Appointment/[id]/$join}: Parameters with {@code url}, a link into the video room for this caller alone, and
 * {@code expires}. When a clinician joins, the consultation's Encounter is under way, and {@code encounter} names it.
 */
public final class JoinOperation {

    static final String NAME = "$join";

    private final AppointmentChanges changes;
    private final VideoRights rights;
    private final VideoRooms rooms;
    private final VideoEncounters encounters;

    JoinOperation(AppointmentChanges changes, VideoRights rights, VideoRooms rooms, VideoEncounters encounters) {
        this.changes = changes;
        this.rights = rights;
        this.rooms = rooms;
        this.encounters = encounters;
    }

    @Operation(name = NAME, type = Appointment.class)
    public Parameters join(@IdParam IdType id, ServletRequestDetails request) {
        demandNothing(request.getResource());
        Caller caller = CurrentCaller.require(request);
        Instant now = changes.now();
        Appointment appointment = changes.read(request, id.getIdPart());
        String patient = AppointmentChanges.patient(appointment);
        rights.demandVideo(request, appointment);
        rights.demandParticipant(request, appointment);
        rooms.demandOpen(appointment, now);
        if (rooms.decide() instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, patient);
        }
        List<Resource> concerned = new ArrayList<>(List.of(appointment));
        Parameters answer = new Parameters();
        if (!caller.kind().actsAsPatient()) {
            rights.demandEncounter(request, patient);
            Encounter encounter = encounters.begun(appointment, caller, now, stored -> rooms.demandOpen(stored, now));
            concerned.add(encounter);
            answer.addParameter(
                    "encounter",
                    new Reference("Encounter/" + encounter.getIdElement().getIdPart()));
        }
        VideoRooms.Link link = rooms.link(appointment, caller, now);
        DisclosureLedger.permittedBy(request, "appointment: joined");
        DisclosureLedger.note(request, AuditedInteraction.OPERATION, null, audited(patient, concerned));
        return answer.addParameter("url", new UrlType(link.url()))
                .addParameter("expires", new InstantType(Date.from(link.expires())));
    }

    private static List<AuditedRecord> audited(String patient, List<Resource> concerned) {
        return concerned.stream()
                .map(each -> new AuditedRecord(
                        patient,
                        each.fhirType(),
                        each.getIdElement().getIdPart(),
                        each.getIdElement().getVersionIdPart()))
                .toList();
    }

    private static void demandNothing(@Nullable IBaseResource body) {
        if (!(body instanceof Parameters parameters) || !parameters.isEmpty()) {
            throw AppointmentParameters.malformed("the body is Parameters with nothing in them");
        }
    }
}
