package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.narrowing.References;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
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
            return find(slot.getSchedule(), references)
                    .filter(Schedule.class::isInstance)
                    .filter(schedule -> isOwn(caller, schedule, references))
                    .isPresent();
        }
        List<Reference> actors = resource instanceof Schedule schedule ? schedule.getActor() : List.of();
        return !actors.isEmpty()
                && actors.stream().allMatch(actor -> find(actor, references)
                        .flatMap(StewardPolicy::steward)
                        .map(Reference::getReference)
                        .flatMap(references::canonical)
                        .filter(("Organization/" + caller.organizationId())::equals)
                        .isPresent());
    }

    private static Optional<Reference> steward(Resource actor) {
        if (actor instanceof PractitionerRole role) {
            return Optional.of(role.getOrganization());
        } else if (actor instanceof HealthcareService service) {
            return Optional.of(service.getProvidedBy());
        } else if (actor instanceof Location location) {
            return Optional.of(location.getManagingOrganization());
        }
        return Optional.empty();
    }

    private static Optional<Resource> find(Reference reference, References references) {
        return Optional.ofNullable(reference.getReference())
                .flatMap(references::canonical)
                .flatMap(references::find);
    }
}
