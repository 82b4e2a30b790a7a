package eu.sinusnode.server.appointments;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.validation.CalendarOwner;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Schedule;

/**
 * Whose appointments a caller may change, and in which calendars. A clinic books its own calendars. A patient, and who
 * represents one, books those of clinics that will see the appointment: in the care team, and permitted to have
 * Appointments for treatment.
 */
final class BookingRights {

    private final RequestScope scope;
    private final RecordVisibility visibility;
    private final PermitDirectory permits;

    BookingRights(RequestScope scope, RecordVisibility visibility, PermitDirectory permits) {
        this.scope = scope;
        this.visibility = visibility;
        this.permits = permits;
    }

    /** @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException when the caller may not write for the patient */
    void demandPatient(RequestDetails request, String patient, Interaction interaction) {
        PatientStandings standings = scope.standings(request);
        Decision decision = visibility.decideWriteFor(
                CurrentCaller.require(request), interaction, "Appointment", standings.of(patient), standings.at());
        if (decision instanceof Decision.Deny deny) {
            DenialLedger.note(request, deny, patient);
            throw Denials.exception(deny, "Patient/" + patient);
        }
    }

    /** @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException 422 when it is none that the caller may book */
    void demandCalendar(RequestDetails request, Schedule schedule, String patient) {
        Caller caller = CurrentCaller.require(request);
        Optional<String> owner = CalendarOwner.of(schedule, scope.references(request));
        boolean open = caller.kind().actsAsPatient()
                ? owner.filter(clinic -> seesAppointments(request, clinic, patient))
                        .isPresent()
                : owner.filter(clinic -> clinic.equals(caller.organizationId())).isPresent();
        if (!open) {
            throw Denials.problem(
                    RequestProblem.APPOINTMENT_CALENDAR,
                    caller.kind().actsAsPatient()
                            ? "the calendar's clinic is not in the care team, or may not see Appointments"
                            : "the calendar is another clinic's");
        }
    }

    private boolean seesAppointments(RequestDetails request, String clinic, String patient) {
        PatientStandings standings = scope.standings(request);
        List<Directive> directives = permits.directivesOfRelated(
                        Set.of(patient), clinic, Relationship.CARE_TEAM, Purpose.TREAT, standings.at())
                .get(patient);
        return directives != null
                && ConsentRules.permitWithoutCode(
                        directives,
                        new ConsentRequest(Set.of("Organization/" + clinic), Purpose.TREAT),
                        "Appointment",
                        standings.at());
    }
}
