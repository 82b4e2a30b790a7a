package eu.sinusnode.therapy.apply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.ActivityDefinition.ActivityDefinitionKind;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;

/**
 * A PlanDefinition with the ActivityDefinitions that it names.
 *
 * @param activities by canonical with version: {@code url|version}
 */
public record Programme(PlanDefinition plan, Map<String, ActivityDefinition> activities) {

    /** @throws ProgrammeException when a definition that is named is not there */
    public Programme {
        activities = Map.copyOf(activities);
        Set<String> missing = new TreeSet<>(named(plan));
        missing.removeAll(activities.keySet());
        if (!missing.isEmpty()) {
            throw new ProgrammeException(
                    ProgrammeException.Reason.NOT_UNDERSTOOD,
                    "The programme names activities that are not there: " + String.join(", ", missing));
        }
    }

    /** @param among ActivityDefinitions, those that are not named included */
    public static Programme of(PlanDefinition plan, List<ActivityDefinition> among) {
        Set<String> named = named(plan);
        return new Programme(
                plan,
                among.stream()
                        .filter(each -> named.contains(canonical(each.getUrl(), each.getVersion())))
                        .collect(Collectors.toMap(
                                each -> canonical(each.getUrl(), each.getVersion()),
                                each -> each,
                                (one, same) -> one)));
    }

    /** The ActivityDefinitions that a programme names: {@code url|version}. */
    public static Set<String> named(PlanDefinition plan) {
        return plan.getAction().stream()
                .flatMap(Programme::within)
                .filter(PlanDefinitionActionComponent::hasDefinitionCanonicalType)
                .map(action -> action.getDefinitionCanonicalType().getValue())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@code url|version} of the programme: what a plan names that was made of it. */
    public String canonical() {
        return canonical(plan.getUrl(), plan.getVersion());
    }

    /** What a plan gets of an action; empty when the action only has goals. */
    Optional<ActivityDefinition> activity(PlanDefinitionActionComponent action) {
        return action.hasDefinitionCanonicalType()
                ? Optional.ofNullable(
                        activities.get(action.getDefinitionCanonicalType().getValue()))
                : Optional.empty();
    }

    /** Whether the action proposes a medicine: its definition names a product. */
    boolean proposesMedicine(PlanDefinitionActionComponent action) {
        return activity(action)
                .filter(definition -> definition.getKind() == ActivityDefinitionKind.MEDICATIONREQUEST)
                .filter(ActivityDefinition::hasProduct)
                .isPresent();
    }

    private static String canonical(String url, String version) {
        return url + "|" + version;
    }

    private static Stream<PlanDefinitionActionComponent> within(PlanDefinitionActionComponent action) {
        return Stream.concat(Stream.of(action), action.getAction().stream().flatMap(Programme::within));
    }
}
