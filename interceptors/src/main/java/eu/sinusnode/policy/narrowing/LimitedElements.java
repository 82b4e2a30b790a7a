package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Type;

/**
 * What a record says to each of its type's {@link eu.sinusnode.policy.access.LimitingParameters}: the same codings that
 * the storage finds it by, or a search would find what a read withholds.
 */
final class LimitedElements {

    private static final Map<String, Map<String, Function<Resource, List<CodeableConcept>>>> BY_TYPE =
            new LimitedElements()
                    .of("AllergyIntolerance", "code", AllergyIntolerance.class, LimitedElements::substances)
                    .of("Condition", "code", Condition.class, record -> List.of(record.getCode()))
                    .of("Condition", "category", Condition.class, Condition::getCategory)
                    .of("DiagnosticReport", "code", DiagnosticReport.class, record -> List.of(record.getCode()))
                    .of("DiagnosticReport", "category", DiagnosticReport.class, DiagnosticReport::getCategory)
                    .of("DocumentReference", "type", DocumentReference.class, record -> List.of(record.getType()))
                    .of("DocumentReference", "category", DocumentReference.class, DocumentReference::getCategory)
                    .of("Encounter", "type", Encounter.class, Encounter::getType)
                    .of("Immunization", "vaccine-code", Immunization.class, record -> List.of(record.getVaccineCode()))
                    .of("List", "code", ListResource.class, record -> List.of(record.getCode()))
                    .of(
                            "MedicationAdministration",
                            "code",
                            MedicationAdministration.class,
                            record -> concept(record.getMedication()))
                    .of("MedicationRequest", "code", MedicationRequest.class, record -> concept(record.getMedication()))
                    .of("MedicationRequest", "category", MedicationRequest.class, MedicationRequest::getCategory)
                    .of(
                            "MedicationStatement",
                            "code",
                            MedicationStatement.class,
                            record -> concept(record.getMedication()))
                    .of(
                            "MedicationStatement",
                            "category",
                            MedicationStatement.class,
                            record -> List.of(record.getCategory()))
                    .of("Observation", "code", Observation.class, record -> List.of(record.getCode()))
                    .of("Observation", "category", Observation.class, Observation::getCategory)
                    .of("Procedure", "code", Procedure.class, record -> List.of(record.getCode()))
                    .of("Procedure", "category", Procedure.class, record -> List.of(record.getCategory()))
                    .of("ServiceRequest", "code", ServiceRequest.class, record -> List.of(record.getCode()))
                    .of("ServiceRequest", "category", ServiceRequest.class, ServiceRequest::getCategory)
                    .byType;

    private final Map<String, Map<String, Function<Resource, List<CodeableConcept>>>> byType = new TreeMap<>();

    private LimitedElements() {}

    /** By parameter, the {@code system|code} of each coding; empty for a type that cannot be limited. */
    static Map<String, Set<String>> tokens(Resource resource) {
        Map<String, Set<String>> values = new HashMap<>();
        BY_TYPE.getOrDefault(resource.fhirType(), Map.of())
                .forEach((parameter, element) -> values.put(parameter, tokens(element.apply(resource))));
        return values;
    }

    private <T extends Resource> LimitedElements of(
            String name, String parameter, Class<T> type, Function<T, List<CodeableConcept>> element) {
        byType.computeIfAbsent(name, missing -> new TreeMap<>())
                .put(parameter, resource -> element.apply(type.cast(resource)));
        return this;
    }

    private static Set<String> tokens(List<CodeableConcept> concepts) {
        return concepts.stream()
                .flatMap(concept -> concept.getCoding().stream())
                .filter(coding -> coding.hasSystem() && coding.hasCode())
                .map(coding -> new Code(coding.getSystem(), coding.getCode()).token())
                .collect(Collectors.toSet());
    }

    /** A drug that is named by a reference has no code here: a permit for some codes does not reach it. */
    private static List<CodeableConcept> concept(Type medication) {
        return medication instanceof CodeableConcept concept ? List.of(concept) : List.of();
    }

    private static List<CodeableConcept> substances(AllergyIntolerance allergy) {
        return Stream.concat(
                        Stream.of(allergy.getCode()),
                        allergy.getReaction().stream()
                                .map(AllergyIntolerance.AllergyIntoleranceReactionComponent::getSubstance))
                .toList();
    }
}
