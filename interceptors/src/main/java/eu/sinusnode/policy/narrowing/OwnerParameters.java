package eu.sinusnode.policy.narrowing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By which search parameters a type's records are found by their patient. */
final class OwnerParameters {

    private static final OwnerParameters BY_SUBJECT = new OwnerParameters("patient", List.of("patient", "subject"));

    private static final Map<String, OwnerParameters> BY_TYPE = Map.ofEntries(
            Map.entry("Patient", new OwnerParameters("_id", List.of("_id"))),
            Map.entry("Observation", BY_SUBJECT),
            Map.entry("DocumentReference", BY_SUBJECT),
            Map.entry("Condition", BY_SUBJECT),
            Map.entry("CarePlan", BY_SUBJECT),
            Map.entry("Goal", BY_SUBJECT),
            Map.entry("CareTeam", BY_SUBJECT),
            Map.entry("Coverage", new OwnerParameters("patient", List.of("patient", "beneficiary"))),
            Map.entry("Consent", new OwnerParameters("patient", List.of("patient"))),
            Map.entry("RelatedPerson", new OwnerParameters("patient", List.of("patient"))),
            Map.entry("Task", new OwnerParameters("patient", List.of("patient"))),
            Map.entry("Device", new OwnerParameters("patient", List.of("patient"))));

    private static final Pattern PATIENT = Pattern.compile("(?:Patient/)?([A-Za-z0-9\\-.]{1,64})");

    private final String narrowing;
    private final List<String> naming;

    private OwnerParameters(String narrowing, List<String> naming) {
        this.narrowing = narrowing;
        this.naming = naming;
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

    /** The patient that a value names; empty when it can name none here. */
    static Optional<String> patientId(String value, String serverBase) {
        String relative = value.startsWith(serverBase + "/") ? value.substring(serverBase.length() + 1) : value;
        Matcher form = PATIENT.matcher(relative);
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }
}
