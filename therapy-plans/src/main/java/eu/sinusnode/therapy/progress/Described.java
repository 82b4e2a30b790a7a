package eu.sinusnode.therapy.progress;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * An activity that a plan describes and has no record of. It is the same in two versions of the plan when it is called the same.
 *
 * @param number which of those that are called so
 */
public record Described(String name, int number) {

    /** In the order of the plan. */
    public static Map<Described, CarePlanActivityDetailComponent> of(CarePlan plan) {
        Map<String, Integer> numbers = new HashMap<>();
        Map<Described, CarePlanActivityDetailComponent> described = new LinkedHashMap<>();
        plan.getActivity().stream()
                .filter(CarePlanActivityComponent::hasDetail)
                .map(CarePlanActivityComponent::getDetail)
                .forEach(detail -> {
                    String name = detail.hasDescription() ? detail.getDescription() : name(detail.getCode());
                    described.put(new Described(name, numbers.merge(name, 1, Integer::sum)), detail);
                });
        return described;
    }

    /** What a concept is called. */
    public static String name(CodeableConcept concept) {
        return concept.hasText()
                ? concept.getText()
                : concept.getCoding().stream()
                        .filter(Coding::hasDisplay)
                        .map(Coding::getDisplay)
                        .findFirst()
                        .orElseGet(() -> concept.getCodingFirstRep().hasCode()
                                ? concept.getCodingFirstRep().getCode()
                                : "without a name");
    }
}
