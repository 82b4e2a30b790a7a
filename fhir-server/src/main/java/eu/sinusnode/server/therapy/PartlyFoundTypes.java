package eu.sinusnode.server.therapy;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.narrowing.Extent;
import eu.sinusnode.policy.narrowing.Question;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.RequestScope;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Of which types of a patient's records the caller's searches do not find all: a Consent or a scope leaves a part, or nothing.
 * What they do not find of these says nothing. It tells what the rules are, and not whether a record is withheld.
 */
public final class PartlyFoundTypes {

    private final RequestScope scope;
    private final RecordVisibility visibility;

    PartlyFoundTypes(RequestScope scope, RecordVisibility visibility) {
        this.scope = scope;
        this.visibility = visibility;
    }

    Set<String> among(Collection<String> types, String patient, RequestDetails request) {
        PatientStandings standings = scope.standings(request);
        return types.stream()
                .filter(type -> !(visibility.extent(new Question(
                                CurrentCaller.require(request),
                                Interaction.SEARCH,
                                type,
                                standings.of(patient),
                                standings.at()))
                        instanceof Extent.Everything))
                .collect(Collectors.toSet());
    }
}
