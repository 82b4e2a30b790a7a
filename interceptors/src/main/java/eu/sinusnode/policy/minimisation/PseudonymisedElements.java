package eu.sinusnode.policy.minimisation;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What may be left of a record in the pseudonymised form. Everything that is not named here is left out: narrative, names,
 * identifiers, notes, performers, devices, attachments, contained resources, extensions, and what FHIR may add one day.
 */
public final class PseudonymisedElements {

    /** By type its elements, without {@code [x]}; of a part of a record both the part and its elements. */
    private static final Map<String, Set<String>> ELEMENTS = new TreeMap<>(Map.ofEntries(
            elements("Patient", "gender birthDate deceased address"),
            elements(
                    "Observation",
                    "status category code subject encounter effective value dataAbsentReason interpretation bodySite"
                            + " method referenceRange referenceRange.low referenceRange.high referenceRange.type"
                            + " hasMember derivedFrom component component.code component.value"
                            + " component.dataAbsentReason component.interpretation"),
            elements(
                    "Condition",
                    "clinicalStatus verificationStatus category severity code bodySite subject encounter onset"
                            + " abatement recordedDate"),
            elements("Procedure", "status category code subject encounter performed bodySite outcome complication"),
            elements(
                    "Encounter",
                    "status class type serviceType subject period length diagnosis diagnosis.condition diagnosis.use"
                            + " diagnosis.rank"),
            elements(
                    "AllergyIntolerance",
                    "clinicalStatus verificationStatus type category criticality code patient encounter onset"
                            + " recordedDate reaction reaction.substance reaction.manifestation reaction.severity"),
            elements("Immunization", "status vaccineCode patient encounter occurrence primarySource"),
            elements(
                    "Medication",
                    "code status form ingredient ingredient.item ingredient.isActive ingredient.strength"),
            elements(
                    "MedicationRequest",
                    "status intent category priority doNotPerform medication subject encounter authoredOn reasonCode"
                            + " reasonReference"),
            elements(
                    "MedicationStatement",
                    "status category medication subject context effective dateAsserted reasonCode reasonReference"),
            elements(
                    "MedicationAdministration",
                    "status category medication subject context effective reasonCode reasonReference dosage"
                            + " dosage.route dosage.method dosage.dose dosage.rate")));

    /** Without these a record says nothing, and is left out as a whole. */
    private static final Map<String, String> NEEDED = Map.of(
            "Observation", "code",
            "Condition", "code",
            "Procedure", "code",
            "Encounter", "class",
            "AllergyIntolerance", "code",
            "Immunization", "vaccineCode",
            "Medication", "code",
            "MedicationRequest", "medication",
            "MedicationStatement", "medication",
            "MedicationAdministration", "medication");

    private PseudonymisedElements() {}

    private static Map.Entry<String, Set<String>> elements(String type, String names) {
        return Map.entry(type, Arrays.stream(names.split(" ")).collect(Collectors.toUnmodifiableSet()));
    }

    /** The types that have a pseudonymised form; others do not leave in it. */
    public static SortedSet<String> types() {
        return new TreeSet<>(ELEMENTS.keySet());
    }

    /** For the page about it. */
    public static SortedSet<String> of(String resourceType) {
        return new TreeSet<>(ELEMENTS.getOrDefault(resourceType, Set.of()));
    }

    /** @param path as {@code component.value}, without the type */
    static boolean isLeft(String resourceType, String path) {
        return ELEMENTS.getOrDefault(resourceType, Set.of()).contains(path);
    }

    /** Whether a record of the type is worth nothing without the element. */
    static boolean isNeeded(String resourceType, String path) {
        return path.equals(NEEDED.get(resourceType));
    }
}
