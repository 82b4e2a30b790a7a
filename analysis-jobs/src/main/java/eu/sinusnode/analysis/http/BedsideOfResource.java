package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.analysis.facts.ChestPain;
import eu.sinusnode.analysis.facts.Dated;
import eu.sinusnode.analysis.facts.LaboratoryValue;
import eu.sinusnode.analysis.facts.Nyha;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.facts.Smoking;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Laboratory and bedside values, smoking status and NYHA class of an Observation. What took its time is as old as its beginning. A
 * month or a year counts as its first day:
 * the value may be that old. A value with a comparator is a bound and no value, and is kept without a unit, as what cannot
 * be used.
 */
final class BedsideOfResource {

    private BedsideOfResource() {}

    static PatientFacts of(JsonNode observation) {
        LocalDate on = FhirDates.first(Stream.of(
                        FactsOfResources.text(observation, "effectiveDateTime"),
                        FactsOfResources.text(observation, "effectiveInstant"),
                        FactsOfResources.text(observation.path("effectivePeriod"), "start"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(""));
        if (on == null) {
            return PatientFacts.NONE;
        }
        Set<String> codes = codes(observation.path("code"), Codes.LOINC);
        return new PatientFacts(
                null,
                null,
                null,
                null,
                PatientFacts.NONE.diagnoses(),
                null,
                PatientFacts.NONE.drugs(),
                values(observation, codes, on),
                codes.contains(Codes.SMOKING_STATUS) ? dated(observation, on, Smoking::ofSnomed) : null,
                codes.contains(Codes.NYHA_CLASS) ? dated(observation, on, Nyha::ofSnomed) : null,
                PersonalLimits.NONE,
                List.of());
    }

    private static List<LaboratoryValue> values(JsonNode observation, Set<String> codes, LocalDate on) {
        Set<String> findings = codes(observation.path("code"), Canonicals.OBSERVATION_CODES);
        if (findings.isEmpty()) {
            return quantities(observation, codes, on);
        }
        JsonNode truth = observation.path("valueBoolean");
        Set<ChestPain> pain = codes(observation.path("valueCodeableConcept"), Canonicals.CHEST_PAIN_TYPES).stream()
                .flatMap(code -> ChestPain.ofCode(code).stream())
                .collect(Collectors.toSet());
        if (truth.isBoolean() && findings.contains(Codes.EXERCISE_ANGINA)) {
            return List.of(number(observation, Codes.EXERCISE_ANGINA, on, truth.booleanValue() ? 1 : 0));
        }
        if (pain.size() == 1 && findings.contains(Codes.CHEST_PAIN_TYPE)) {
            return List.of(number(
                    observation,
                    Codes.CHEST_PAIN_TYPE,
                    on,
                    pain.iterator().next().number()));
        }
        return quantities(observation, findings, on);
    }

    private static LaboratoryValue number(JsonNode observation, String code, LocalDate on, int number) {
        return new LaboratoryValue(code, on, number, "1", FactsOfResources.reference(observation));
    }

    private static List<LaboratoryValue> quantities(JsonNode observation, Set<String> codes, LocalDate on) {
        JsonNode quantity = observation.path("valueQuantity");
        if (!quantity.path("value").isNumber()) {
            return List.of();
        }
        boolean exact = quantity.path("comparator").isMissingNode()
                && Codes.UCUM.equals(FactsOfResources.text(quantity, "system"));
        return codes.stream()
                .sorted()
                .map(code -> new LaboratoryValue(
                        code,
                        on,
                        quantity.path("value").asDouble(),
                        exact ? FactsOfResources.text(quantity, "code") : "",
                        FactsOfResources.reference(observation)))
                .toList();
    }

    /** Null when its codes say nothing, or different things. */
    private static <T> @Nullable Dated<T> dated(
            JsonNode observation, LocalDate on, Function<String, Optional<T>> meaning) {
        Set<T> said = codes(observation.path("valueCodeableConcept"), Codes.SNOMED).stream()
                .flatMap(code -> meaning.apply(code).stream())
                .collect(Collectors.toSet());
        return said.size() == 1
                ? new Dated<>(said.iterator().next(), on, FactsOfResources.reference(observation))
                : null;
    }

    private static Set<String> codes(JsonNode concept, String system) {
        return FactsOfResources.stream(concept.path("coding"))
                .filter(coding -> system.equals(FactsOfResources.text(coding, "system")))
                .map(coding -> FactsOfResources.text(coding, "code"))
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toSet());
    }
}
