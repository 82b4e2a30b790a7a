package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.RiskInputCodes;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * From the JSON of FHIR resources to what rules ask of a record; the elements that are read are those that the stream of
 * readings gives. What is not coded, or in codes that are not known, is not seen.
 */
final class FactsOfResources {

    private static final String CERTAINTY = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit";
    /** Of a diagnosis in ICD-10-GM: excluded, suspected. */
    private static final Set<String> UNCERTAIN = Set.of("A", "V");

    private static final Set<String> NOT_VERIFIED =
            Set.of("refuted", "entered-in-error", "unconfirmed", "provisional", "differential");
    private static final Set<String> OVER = Set.of("inactive", "remission", "resolved");
    /** What counts for good once it has happened. */
    private static final Set<Diagnosis> LASTING = Set.of(
            Diagnosis.STROKE,
            Diagnosis.VASCULAR_DISEASE,
            Diagnosis.CORONARY_DISEASE,
            Diagnosis.BLEEDING,
            Diagnosis.MECHANICAL_VALVE_OR_MITRAL_STENOSIS,
            Diagnosis.DIALYSIS_OR_KIDNEY_TRANSPLANT);

    private FactsOfResources() {}

    /** What these say, as if they were all that there is. */
    static PatientFacts ofAll(List<JsonNode> resources) {
        return resources.stream().map(FactsOfResources::of).reduce(PatientFacts.NONE, PatientFacts::and);
    }

    /** What one resource says; nothing for a type that rules do not ask for. */
    static PatientFacts of(JsonNode resource) {
        return switch (text(resource, "resourceType")) {
            case "Patient" -> PersonOfResource.of(resource);
            case "Condition" -> condition(resource);
            case "MedicationRequest" -> PatientFacts.NONE.with(Recorded.none(), drug(resource));
            case "Observation" ->
                AdherenceOfResource.isOne(resource) ? AdherenceOfResource.of(resource) : BedsideOfResource.of(resource);
            case "Goal" -> LimitsOfResource.of(resource);
            default -> PatientFacts.NONE;
        };
    }

    private static PatientFacts condition(JsonNode condition) {
        Map<Diagnosis, Set<String>> found = new EnumMap<>(Diagnosis.class);
        diagnosesOf(condition).forEach(diagnosis -> found.put(diagnosis, Set.of(reference(condition))));
        return new PatientFacts(
                null,
                null,
                null,
                null,
                Recorded.of(found),
                found.containsKey(Diagnosis.HEART_FAILURE) ? since(condition) : null,
                Recorded.none(),
                List.of(),
                null,
                null,
                PersonalLimits.NONE,
                List.of());
    }

    /** The day from which it is known for sure: the last one of a month or year that is told as the onset. */
    private static @Nullable LocalDate since(JsonNode condition) {
        LocalDate onset = FhirDates.last(text(condition, "onsetDateTime"));
        return onset == null ? FhirDates.last(text(condition, "recordedDate")) : onset;
    }

    private static Set<Diagnosis> diagnosesOf(JsonNode condition) {
        Set<Diagnosis> all = new TreeSet<>();
        if (hasAny(condition.path("verificationStatus"), NOT_VERIFIED)) {
            return all;
        }
        for (JsonNode coding : condition.path("code").path("coding")) {
            String code = text(coding, "code");
            if (code.isEmpty() || isUncertain(coding)) {
                continue;
            }
            if (RiskInputCodes.ICD_10_SYSTEMS.contains(text(coding, "system"))) {
                all.addAll(Diagnosis.ofIcd10(code));
            } else if (Codes.SNOMED.equals(text(coding, "system"))) {
                all.addAll(Diagnosis.ofSnomed(code));
            }
        }
        if (hasAny(condition.path("clinicalStatus"), OVER)) {
            all.retainAll(LASTING);
        }
        return all;
    }

    private static boolean isUncertain(JsonNode coding) {
        return stream(coding.path("extension"))
                .anyMatch(extension -> CERTAINTY.equals(text(extension, "url"))
                        && UNCERTAIN.contains(text(extension.path("valueCoding"), "code")));
    }

    private static boolean hasAny(JsonNode concept, Set<String> codes) {
        return stream(concept.path("coding")).anyMatch(coding -> codes.contains(text(coding, "code")));
    }

    /** A drug without an ATC code may be any: then only what is found is known, and not what is absent. */
    private static Recorded<DrugClass> drug(JsonNode request) {
        List<String> codes = stream(request.path("medicationCodeableConcept").path("coding"))
                .filter(coding -> RiskInputCodes.ATC_SYSTEMS.contains(text(coding, "system")))
                .map(coding -> text(coding, "code"))
                .filter(code -> !code.isEmpty())
                .toList();
        Map<DrugClass, Set<String>> found = new EnumMap<>(DrugClass.class);
        codes.stream()
                .flatMap(code -> DrugClass.ofAtc(code).stream())
                .forEach(drug -> found.put(drug, Set.of(reference(request))));
        return codes.isEmpty()
                ? new Recorded<DrugClass>(found, "The record names a drug without an ATC code, which may be any.")
                : Recorded.of(found);
    }

    /** E.g. {@code Observation/17/_history/2}. */
    static String reference(JsonNode resource) {
        return "%s/%s/_history/%s"
                .formatted(
                        text(resource, "resourceType"), text(resource, "id"), text(resource.path("meta"), "versionId"));
    }

    /** Empty when there is none. */
    static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
