package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.analysis.facts.AdherenceFigure;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.RiskInputCodes;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** What an Observation of adherence says. The plan, which {@code basedOn} names too, is no part of it. */
final class AdherenceOfResource {

    private AdherenceOfResource() {}

    static boolean isOne(JsonNode observation) {
        return code(observation).isPresent();
    }

    /** Nothing when it does not say of which days it is. */
    static PatientFacts of(JsonNode observation) {
        JsonNode period = observation.path("effectivePeriod");
        LocalDate from = FhirDates.first(FactsOfResources.text(period, "start"));
        LocalDate to = FhirDates.first(FactsOfResources.text(period, "end"));
        if (from == null || to == null) {
            return PatientFacts.NONE;
        }
        return PatientFacts.NONE.withAdherence(List.of(new AdherenceFigure(
                code(observation).orElseThrow(),
                named(observation.path("basedOn")).stream()
                        .filter(asked -> !"CarePlan".equals(asked.getResourceType()))
                        .map(asked -> asked.getResourceType() + "/" + asked.getIdPart())
                        .toList(),
                named(observation.path("derivedFrom")).stream()
                        .map(IdType::getIdPart)
                        .toList(),
                from,
                to,
                percent(observation.path("valueQuantity")),
                FactsOfResources.reference(observation))));
    }

    private static Optional<String> code(JsonNode observation) {
        return FactsOfResources.stream(observation.path("code").path("coding"))
                .filter(coding -> Canonicals.OBSERVATION_CODES.equals(FactsOfResources.text(coding, "system")))
                .map(coding -> FactsOfResources.text(coding, "code"))
                .filter(RiskInputCodes.ADHERENCE::contains)
                .findFirst();
    }

    private static List<IdType> named(JsonNode references) {
        return FactsOfResources.stream(references)
                .map(reference -> new IdType(FactsOfResources.text(reference, "reference")))
                .filter(IdType::hasIdPart)
                .toList();
    }

    private static @Nullable Double percent(JsonNode quantity) {
        boolean usable = quantity.path("value").isNumber()
                && quantity.path("comparator").isMissingNode()
                && Codes.UCUM.equals(FactsOfResources.text(quantity, "system"))
                && "%".equals(FactsOfResources.text(quantity, "code"));
        return usable ? quantity.path("value").asDouble() : null;
    }
}
