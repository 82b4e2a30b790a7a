package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.narrowing.References;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;

/**
 * Whose calendar it is. Schedules and Slots are nobody's health record and open to all, so nothing else would keep a clinic
 * from changing another's: each actor of a Schedule has to be a role, a service or a place of the caller's organization.
 */
public final class StewardPolicy {

    /**
     * @param stored what an update replaces; empty for a new record
     * @param references as they will be once the request is stored
     */
    public Decision decide(Caller caller, Resource resource, Optional<Resource> stored, References references) {
        boolean calendar = resource instanceof Schedule || resource instanceof Slot;
        if (!calendar || caller.kind() == CallerKind.ADMINISTRATOR) {
            return Decision.Permit.of("steward", "no calendar of a clinic");
        }
        boolean own = isOwn(caller, resource, references)
                && stored.map(was -> isOwn(caller, was, references)).orElse(true);
        return own
                ? Decision.Permit.of("steward", "the calendar is the caller's organization's")
                : new Decision.Deny(
                        DenialCode.CONTENT,
                        "a clinic writes its own calendars: every actor of the Schedule is a PractitionerRole,"
                                + " HealthcareService or Location of its Organization");
    }

    private static boolean isOwn(Caller caller, Resource resource, References references) {
        if (resource instanceof Slot slot) {
            return CalendarOwner.find(slot.getSchedule(), references)
                    .filter(Schedule.class::isInstance)
                    .filter(schedule -> isOwn(caller, schedule, references))
                    .isPresent();
        }
        return resource instanceof Schedule schedule
                && CalendarOwner.of(schedule, references)
                        .filter(owner -> owner.equals(caller.organizationId()))
                        .isPresent();
    }
}
