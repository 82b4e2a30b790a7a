package eu.sinusnode.policy.access;

import static eu.sinusnode.policy.access.CallerKind.ADMINISTRATOR;
import static eu.sinusnode.policy.access.CallerKind.ANALYSIS_JOB;
import static eu.sinusnode.policy.access.CallerKind.AUDITOR;
import static eu.sinusnode.policy.access.CallerKind.CLINICIAN;
import static eu.sinusnode.policy.access.CallerKind.CLINIC_SYSTEM;
import static eu.sinusnode.policy.access.CallerKind.INSURER;
import static eu.sinusnode.policy.access.CallerKind.PATIENT;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may use which interaction on which resource type, before anything is known of the record itself. This one table
 * decides requests, generates the realm's scopes and the CapabilityStatement's open types, and drives the tests.
 *
 * <p>Cells are SMART v2 permission letters: {@code c}reate, {@code r}ead, {@code u}pdate, {@code s}earch. What is not in
 * the table is refused.
 */
public final class AccessMatrix {

    private static final AccessMatrix STANDARD = new AccessMatrix()
            .row(
                    "Patient",
                    Map.of(PATIENT, "rs", CLINICIAN, "rs", CLINIC_SYSTEM, "rs", INSURER, "rs", ADMINISTRATOR, "cu"))
            .row(
                    "Observation",
                    Map.of(
                            PATIENT,
                            "crs",
                            CLINICIAN,
                            "crus",
                            CLINIC_SYSTEM,
                            "crs",
                            INSURER,
                            "rs",
                            ANALYSIS_JOB,
                            "crus",
                            ADMINISTRATOR,
                            "cu"))
            .row(
                    "DocumentReference",
                    Map.of(
                            PATIENT,
                            "rs",
                            CLINICIAN,
                            "rs",
                            CLINIC_SYSTEM,
                            "crs",
                            ANALYSIS_JOB,
                            "rs",
                            ADMINISTRATOR,
                            "cu"))
            .row(
                    "Binary",
                    Map.of(PATIENT, "r", CLINICIAN, "r", CLINIC_SYSTEM, "cr", ANALYSIS_JOB, "r", ADMINISTRATOR, "cu"))
            .row("Condition", Map.of(PATIENT, "rs", CLINICIAN, "crus", CLINIC_SYSTEM, "crs", ADMINISTRATOR, "cu"))
            .row(
                    "CarePlan",
                    Map.of(PATIENT, "rs", CLINICIAN, "crus", CLINIC_SYSTEM, "crus", INSURER, "rs", ADMINISTRATOR, "cu"))
            .row("Goal", Map.of(PATIENT, "rs", CLINICIAN, "crus", CLINIC_SYSTEM, "crus", ADMINISTRATOR, "cu"))
            .row("CareTeam", Map.of(PATIENT, "rs", CLINICIAN, "rs", CLINIC_SYSTEM, "rs", ADMINISTRATOR, "cu"))
            .row("Coverage", Map.of(PATIENT, "rs", INSURER, "rs", ADMINISTRATOR, "cu"))
            .row("Consent", Map.of(PATIENT, "crus", ADMINISTRATOR, "cu"))
            .row("Task", Map.of(PATIENT, "rs", CLINICIAN, "rus", ANALYSIS_JOB, "crus", ADMINISTRATOR, "cu"))
            .row("Provenance", Map.of(PATIENT, "rs", CLINICIAN, "rs", ANALYSIS_JOB, "crs", ADMINISTRATOR, "cu"))
            .row(
                    "Device",
                    Map.of(
                            PATIENT,
                            "rs",
                            CLINICIAN,
                            "rs",
                            CLINIC_SYSTEM,
                            "crs",
                            ANALYSIS_JOB,
                            "crus",
                            ADMINISTRATOR,
                            "cu"))
            .row(
                    "Organization",
                    Map.of(PATIENT, "rs", CLINICIAN, "rs", CLINIC_SYSTEM, "rs", INSURER, "rs", ADMINISTRATOR, "cu"))
            .row("Practitioner", Map.of(PATIENT, "rs", CLINICIAN, "rs", CLINIC_SYSTEM, "rs", ADMINISTRATOR, "cu"))
            .row("AuditEvent", Map.of(AUDITOR, "rs"))
            .operation("$vital-readings", "Observation", Interaction.SEARCH, ANALYSIS_JOB);

    private final Map<String, Map<CallerKind, Set<Interaction>>> rows = new TreeMap<>();
    private final Map<String, OpenOperation> operations = new TreeMap<>();

    /**
     * A named operation on the server's base and the callers it is open to.
     *
     * @param resourceType with {@code interaction}: the scope that covers the operation
     */
    public record OpenOperation(String name, String resourceType, Interaction interaction, Set<CallerKind> callers) {}

    private AccessMatrix() {}

    public static AccessMatrix standard() {
        return STANDARD;
    }

    public boolean allows(CallerKind caller, String resourceType, Interaction interaction) {
        return interactions(caller, resourceType).contains(interaction);
    }

    /** Empty when the type is closed to the caller. */
    public Set<Interaction> interactions(CallerKind caller, String resourceType) {
        return rows.getOrDefault(resourceType, Map.of()).getOrDefault(caller, Set.of());
    }

    /** Every resource type that some caller may use; the server opens no other. */
    public Set<String> resourceTypes() {
        return Set.copyOf(rows.keySet());
    }

    public Map<String, OpenOperation> operations() {
        return Map.copyOf(operations);
    }

    /** The SMART v2 scopes that cover all a caller may do, e.g. {@code system/Observation.rs}, sorted. */
    public SortedSet<String> scopesOf(CallerKind caller) {
        SortedSet<String> scopes = new TreeSet<>();
        rows.forEach((type, cells) -> {
            Set<Interaction> open = cells.getOrDefault(caller, Set.of());
            if (!open.isEmpty()) {
                scopes.add(caller.scopeContext().prefix() + "/" + type + "." + letters(open));
            }
        });
        return scopes;
    }

    private static String letters(Set<Interaction> open) {
        StringBuilder letters = new StringBuilder();
        for (Interaction interaction : Interaction.values()) {
            if (open.contains(interaction)) {
                letters.append(interaction.permission());
            }
        }
        return letters.toString();
    }

    private AccessMatrix row(String resourceType, Map<CallerKind, String> cells) {
        Map<CallerKind, Set<Interaction>> row = new EnumMap<>(CallerKind.class);
        cells.forEach((caller, letters) -> {
            Set<Interaction> open = EnumSet.noneOf(Interaction.class);
            for (Interaction interaction : Interaction.values()) {
                if (letters.indexOf(interaction.permission()) >= 0) {
                    open.add(interaction);
                }
            }
            row.put(caller, open);
        });
        rows.put(resourceType, row);
        return this;
    }

    private AccessMatrix operation(String name, String resourceType, Interaction interaction, CallerKind... callers) {
        operations.put(name, new OpenOperation(name, resourceType, interaction, Set.of(callers)));
        return this;
    }
}
