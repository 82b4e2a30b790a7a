package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.facts.PersonalLimits.Limit;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits that an active Goal of the category {@code alert-limit} sets. One in another unit than the measurement's is none. */
final class LimitsOfResource {

    private LimitsOfResource() {}

    static PatientFacts of(JsonNode goal) {
        boolean sets = FactsOfResources.text(goal, "lifecycleStatus").equals("active")
                && FactsOfResources.stream(goal.path("category"))
                        .anyMatch(category -> has(category, Canonicals.GOAL_CATEGORIES, Codes.ALERT_LIMIT));
        if (!sets) {
            return PatientFacts.NONE;
        }
        List<Limit> limits = new ArrayList<>();
        for (JsonNode target : goal.path("target")) {
            for (JsonNode coding : target.path("measure").path("coding")) {
                if (Codes.LOINC.equals(FactsOfResources.text(coding, "system"))) {
                    Measurement.of(FactsOfResources.text(coding, "code"))
                            .ifPresent(measurement -> limits.add(limit(goal, measurement, target.path("detailRange"))));
                }
            }
        }
        return PatientFacts.NONE.with(new PersonalLimits(limits));
    }

    private static Limit limit(JsonNode goal, Measurement measurement, JsonNode range) {
        return new Limit(
                measurement.code(),
                value(measurement, range.path("low")),
                value(measurement, range.path("high")),
                FactsOfResources.reference(goal));
    }

    private static @Nullable Double value(Measurement measurement, JsonNode quantity) {
        boolean usable = quantity.path("value").isNumber()
                && Codes.UCUM.equals(FactsOfResources.text(quantity, "system"))
                && measurement.unit().equals(FactsOfResources.text(quantity, "code"));
        return usable ? quantity.path("value").asDouble() : null;
    }

    private static boolean has(JsonNode concept, String system, String code) {
        return FactsOfResources.stream(concept.path("coding"))
                .anyMatch(coding -> system.equals(FactsOfResources.text(coding, "system"))
                        && code.equals(FactsOfResources.text(coding, "code")));
    }
}
