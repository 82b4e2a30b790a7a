package eu.sinusnode.policy.subscription;

import eu.sinusnode.policy.narrowing.RecordOwners;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What {@link Criteria} look at in a record that was created or updated. Deletions are told to nobody: a read of the record
 * would no longer succeed.
 *
 * @param patients ids of the Patients whom the element names that says whose the record is
 * @param values by search parameter; a coding stands there as {@code system|code} and as {@code code}
 */
public record ChangedRecord(String resourceType, Set<String> patients, Map<String, Set<String>> values) {

    private static final String PATIENT = "Patient";

    /** By type, the parameters that a change is looked at by, each with the record's element that it stands for. */
    private static final Map<String, Map<String, String>> PARAMETERS = new TreeMap<>(Map.of(
            "Appointment", Map.of("patient", "", "status", "status"),
            "CarePlan", Map.of("patient", "", "subject", "", "status", "status"),
            "Observation",
                    Map.of(
                            "patient", "",
                            "subject", "",
                            "code", "code",
                            "category", "category",
                            "status", "status"),
            "Task", Map.of("patient", "", "code", "code", "status", "status")));

    public ChangedRecord {
        patients = Set.copyOf(patients);
        values = Map.copyOf(values);
    }

    /** The types whose changes can be subscribed to. */
    public static Set<String> types() {
        return PARAMETERS.keySet();
    }

    /** The search parameters by which changes of the type can be chosen. */
    public static Set<String> parameters(String resourceType) {
        return PARAMETERS.getOrDefault(resourceType, Map.of()).keySet();
    }

    /** Whether the parameter names a Patient. */
    static boolean namesPatient(String parameter) {
        return parameter.equals("patient") || parameter.equals("subject");
    }

    /** @throws IllegalArgumentException for a type that is not one of {@link #types()} */
    public static ChangedRecord of(Resource resource) {
        Map<String, String> parameters = PARAMETERS.get(resource.fhirType());
        if (parameters == null) {
            throw new IllegalArgumentException(resource.fhirType() + " cannot be subscribed to.");
        }
        Set<String> patients = RecordOwners.ownerReferences(resource).stream()
                .map(Reference::getReferenceElement)
                .filter(reference -> PATIENT.equals(reference.getResourceType()))
                .map(reference -> reference.getIdPart())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<String, Set<String>> values = new TreeMap<>();
        parameters.forEach((parameter, element) ->
                values.put(parameter, namesPatient(parameter) ? patients : tokens(resource, element)));
        return new ChangedRecord(resource.fhirType(), patients, values);
    }

    Set<String> values(String parameter) {
        return values.getOrDefault(parameter, Set.of());
    }

    private static Set<String> tokens(Resource resource, String element) {
        Property property = resource.getNamedProperty(element);
        List<Base> found = property == null ? List.of() : property.getValues();
        Set<String> tokens = new HashSet<>();
        for (Base value : found) {
            if (value instanceof CodeableConcept concept) {
                concept.getCoding().forEach(coding -> {
                    tokens.add(coding.getSystem() + "|" + coding.getCode());
                    tokens.add(String.valueOf(coding.getCode()));
                });
            } else if (value.isPrimitive() && value.primitiveValue() != null) {
                tokens.add(value.primitiveValue());
            }
        }
        return tokens;
    }
}
