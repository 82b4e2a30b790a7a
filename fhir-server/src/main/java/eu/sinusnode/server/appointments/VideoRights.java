package eu.sinusnode.server.appointments;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.ScopeContext;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.validation.CalendarOwner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;

/**
 * Who takes part in a video consultation. Whoever may read the appointment in the patient's name does. A clinician does when
 * it is the own clinic's: as one of those whom it names or, when it names nobody of the clinic, as any who treats there.
 */
final class VideoRights {

    private final RequestScope scope;
    private final RecordVisibility visibility;

    VideoRights(RequestScope scope, RecordVisibility visibility) {
        this.scope = scope;
        this.visibility = visibility;
    }

    /** @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException 422 unless one of its services says so */
    void demandVideo(RequestDetails request, Appointment appointment) {
        References references = scope.references(request);
        boolean video = actors(appointment)
                .flatMap(actor -> CalendarOwner.find(actor, references).stream())
                .anyMatch(actor -> actor instanceof HealthcareService service
                        && service.getCharacteristic().stream()
                                .anyMatch(each -> each.hasCoding(VideoEncounters.CLASSES, VideoEncounters.VIRTUAL)));
        if (!video) {
            throw Denials.problem(RequestProblem.VIDEO_NONE, "none of its services is one by video");
        }
    }

    /** @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException 403 for a clinician who does not take part */
    void demandParticipant(RequestDetails request, Appointment appointment) {
        Caller caller = CurrentCaller.require(request);
        if (caller.kind().actsAsPatient()) {
            return;
        }
        References references = scope.references(request);
        List<Reference> ofClinic = actors(appointment)
                .filter(actor -> isOf(String.valueOf(caller.organizationId()), actor, references))
                .toList();
        if (ofClinic.isEmpty()) {
            throw refused("the appointment is another clinic's");
        }
        Set<String> named = Stream.concat(
                        actors(appointment), ofClinic.stream().flatMap(actor -> personOf(actor, references).stream()))
                .flatMap(actor -> references.canonical(String.valueOf(actor.getReference())).stream())
                .filter(path -> path.startsWith("Practitioner/"))
                .collect(Collectors.toSet());
        if (!named.isEmpty() && !named.contains(String.valueOf(caller.fhirUser()))) {
            throw refused("the appointment names somebody else");
        }
    }

    /**
     * What nobody may document is not begun.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException 403 when the caller may write no Encounter of the
     *     patient, by scope or by consent
     */
    void demandEncounter(RequestDetails request, String patient) {
        Caller caller = CurrentCaller.require(request);
        if (!caller.scopes().cover(ScopeContext.USER, "Encounter", Interaction.CREATE)) {
            throw DenialLedger.refuse(
                    request, new Decision.Deny(DenialCode.SCOPE, "needed is user/Encounter.c"), patient);
        }
        PatientStandings standings = scope.standings(request);
        Decision decision = visibility.decideWriteFor(
                caller, Interaction.CREATE, "Encounter", standings.of(patient), standings.at());
        if (decision instanceof Decision.Deny deny) {
            DenialLedger.note(request, deny, patient);
            throw refused("the clinic may write no Encounter of the patient");
        }
    }

    private static Stream<Reference> actors(Appointment appointment) {
        return appointment.getParticipant().stream()
                .map(AppointmentParticipantComponent::getActor)
                .filter(Reference::hasReference);
    }

    private static boolean isOf(String clinic, Reference actor, References references) {
        return CalendarOwner.of(actor, references).filter(clinic::equals).isPresent();
    }

    private static Optional<Reference> personOf(Reference role, References references) {
        return CalendarOwner.find(role, references)
                .filter(PractitionerRole.class::isInstance)
                .map(found -> ((PractitionerRole) found).getPractitioner());
    }

    private static RuntimeException refused(String why) {
        return Denials.problem(RequestProblem.VIDEO_PARTICIPANT, why);
    }
}
