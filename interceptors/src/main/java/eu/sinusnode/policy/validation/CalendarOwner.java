package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.narrowing.References;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;

/** Whose calendar a Schedule is: the Organization of which every actor is a role, a service or a place. */
public final class CalendarOwner {

    private CalendarOwner() {}

    /** Id of the Organization; empty when the actors are not all of one. */
    public static Optional<String> of(Schedule schedule, References references) {
        List<Optional<String>> owners = schedule.getActor().stream()
                .map(actor -> of(actor, references))
                .distinct()
                .toList();
        return owners.size() == 1 ? owners.get(0) : Optional.empty();
    }

    /** Id of the Organization whose role, service or place an actor is; empty for any other. */
    public static Optional<String> of(Reference actor, References references) {
        return find(actor, references)
                .flatMap(CalendarOwner::steward)
                .map(Reference::getReference)
                .flatMap(references::canonical)
                .filter(path -> path.startsWith("Organization/"))
                .map(path -> path.substring("Organization/".length()));
    }

    /** What a reference names; empty when it is not known here. */
    public static Optional<Resource> find(Reference reference, References references) {
        return Optional.ofNullable(reference.getReference())
                .flatMap(references::canonical)
                .flatMap(references::find);
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
}
