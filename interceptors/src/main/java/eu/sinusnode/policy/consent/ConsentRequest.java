package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Purpose;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What consent is asked about a caller.
 *
 * @param actors as whom it acts: {@code Organization/…}, and for a person {@code Practitioner/…} too
 */
public record ConsentRequest(Set<String> actors, Purpose purpose) {

    public ConsentRequest {
        actors = Set.copyOf(actors);
    }

    public static ConsentRequest of(Caller caller) {
        Set<String> actors = new LinkedHashSet<>();
        if (caller.organizationId() != null) {
            actors.add("Organization/" + caller.organizationId());
        }
        if (caller.fhirUser() != null) {
            actors.add(caller.fhirUser());
        }
        return new ConsentRequest(actors, caller.purpose());
    }

    /** Whether the directive holds at the instant and is about this caller and purpose. */
    boolean isMeantBy(Directive directive, Instant at) {
        return directive.validity().contains(at)
                && (directive.actor() == null || actors.contains(directive.actor()))
                && (directive.purpose() == null || directive.purpose() == purpose);
    }
}
