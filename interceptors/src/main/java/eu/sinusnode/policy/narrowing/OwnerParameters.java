package eu.sinusnode.policy.narrowing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By which search parameters a type's records are found by their patient. */
final class OwnerParameters {

    private static final List<String> PATIENT = List.of("patient");
    private static final List<String> PATIENT_AND_SUBJECT = List.of("patient", "subject");

    private static final Map<String, OwnerParameters> BY_TYPE = new TreeMap<>();

    static {
        put("Patient", "_id", List.of("_id"), List.of());
        for (String type : List.of(
                "Account",
                "CarePlan",
                "CareTeam",
                "Communication",
                "CommunicationRequest",
                "Condition",
                "DiagnosticReport",
                "DocumentReference",
                "Encounter",
                "Goal",
                "List",
                "MedicationAdministration",
                "MedicationRequest",
                "MedicationStatement",
                "Observation",
                "Procedure",
                "QuestionnaireResponse",
                "RiskAssessment",
                "ServiceRequest")) {
            put(type, "patient", PATIENT_AND_SUBJECT, List.of());
        }
        for (String type : List.of(
                "AllergyIntolerance",
                "Bundle",
                "Consent",
                "Device",
                "Immunization",
                "NutritionOrder",
                "RelatedPerson",
                "Task")) {
            put(type, "patient", PATIENT, List.of());
        }
        put("Coverage", "patient", List.of("patient", "beneficiary"), List.of());
        put("Appointment", "patient", PATIENT, List.of("actor"));
    }

    private static final Pattern ANY = Pattern.compile("(?:Patient/)?([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern TYPED = Pattern.compile("Patient/[A-Za-z0-9\\-.]{1,64}");

    private final String narrowing;
    private final List<String> naming;
    private final List<String> mixed;

    private OwnerParameters(String narrowing, List<String> naming, List<String> mixed) {
        this.narrowing = narrowing;
        this.naming = naming;
        this.mixed = mixed;
    }

    private static void put(String type, String narrowing, List<String> naming, List<String> mixed) {
        BY_TYPE.put(type, new OwnerParameters(narrowing, naming, mixed));
    }

    /** Empty for types whose records cannot be found by a patient. */
    static Optional<OwnerParameters> of(String resourceType) {
        return Optional.ofNullable(BY_TYPE.get(resourceType));
    }

    /** The parameter that a narrowed search carries. */
    String narrowing() {
        return narrowing;
    }

    /** Every open parameter that names patients. */
    List<String> naming() {
        return naming;
    }

    /** The value that makes the narrowing parameter find one patient's records. */
    String value(String patientId) {
        return narrowing.equals("_id") ? patientId : "Patient/" + patientId;
    }

    /**
     * The same search with its patients under the narrowing parameter: {@code actor=Patient/x} of an Appointment says what
     * {@code patient=Patient/x} says. An {@code actor} that may be somebody else stays a condition beside it.
     */
    SearchRequest inItsWords(SearchRequest search, String serverBase) {
        SearchRequest result = search;
        for (String parameter : mixed) {
            List<String> others = new ArrayList<>();
            for (String occurrence : search.occurrences(parameter)) {
                boolean ofPatients = SearchRequest.alternatives(occurrence).stream()
                        .allMatch(value ->
                                TYPED.matcher(relative(value, serverBase)).matches());
                if (ofPatients) {
                    result = result.and(narrowing, List.of(occurrence));
                } else {
                    others.add(occurrence);
                }
            }
            result = result.withOccurrences(parameter, others);
        }
        return result;
    }

    /** The patient that a value names; empty when it can name none here. */
    static Optional<String> patientId(String value, String serverBase) {
        Matcher form = ANY.matcher(relative(value, serverBase));
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }

    private static String relative(String value, String serverBase) {
        return value.startsWith(serverBase + "/") ? value.substring(serverBase.length() + 1) : value;
    }
}
