package eu.sinusnode.policy.access;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix.OpenOperation;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.validation.DeletionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Writes {@code docs/error-codes.md} and {@code docs/access-matrix.md} from the code, or fails when they say something
 * else than the code.
 */
class GeneratedPagesTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String UPDATE =
            "mvn -pl interceptors -am test -Dtest=GeneratedPagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dsinusnode.docs.update=true";
    private static final String NOTE =
            "<!-- Generated from the code. Do not edit; to write it anew: " + UPDATE + " -->\n";

    @Test
    void errorCodes() throws IOException {
        StringBuilder page = new StringBuilder("# Error codes\n" + NOTE + "\n"
                + "Every refusal is an OperationOutcome whose `issue.details.coding` has a code of\n`"
                + Denials.CODE_SYSTEM
                + "` and whose `diagnostics` reads `CODE: what; remedy`.\n\n"
                + "Codes with status 404 are never shown: a record that the caller may not know of answers exactly like one that does not exist. They stand in the AuditEvent.\n\n"
                + "| code | status | meaning | what to do |\n|---|---|---|---|\n");
        for (DenialCode code : DenialCode.values()) {
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            code.code(),
                            code.hidesExistence() ? "404 (hidden)" : "" + code.status(),
                            code.meaning(),
                            code.remedy().replace("|", "\\|")));
        }
        page.append("\n## Codes that concern the request itself or the server\n\n"
                + "| code | status | meaning | what to do |\n|---|---|---|---|\n");
        for (RequestProblem problem : RequestProblem.values()) {
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(problem.code(), problem.status(), problem.meaning(), problem.remedy()));
        }
        compare("error-codes.md", page.toString());
    }

    @Test
    void accessMatrix() throws IOException {
        AccessMatrix matrix = AccessMatrix.standard();
        StringBuilder page = new StringBuilder("# Access matrix\n" + NOTE + "\n"
                + "Who may use which interaction on which resource type, before anything is known of the record: `c`reate, `r`ead, `u`pdate, `d`elete, `s`earch.\n"
                + "Who has `$export` gets records of the type by it, pseudonymised, and in no other way ([minimisation.md](minimisation.md)); the scope is that of a search.\n"
                + "What is not in the table is closed. A token needs the matching SMART scope beside it, and relationship and consent decide on each record.\n\n"
                + "| type | "
                + Arrays.stream(CallerKind.values()).map(CallerKind::claim).collect(Collectors.joining(" | "))
                + " |\n|---" + "|---".repeat(CallerKind.values().length) + "|\n");
        for (String type : matrix.resourceTypes().stream().sorted().toList()) {
            page.append("| ").append(type);
            for (CallerKind kind : CallerKind.values()) {
                page.append(" | ")
                        .append(
                                kind.getsExportsAlone() && matrix.exports(kind, type)
                                        ? "`$export`"
                                        : letters(matrix.interactions(kind, type)));
            }
            page.append(" |\n");
        }
        page.append("\n## Search parameters\n\n| type | open | narrower for |\n|---|---|---|\n");
        for (String type : matrix.resourceTypes().stream().sorted().toList()) {
            Set<String> widest = Arrays.stream(CallerKind.values())
                    .flatMap(kind -> matrix.searchParameters(kind, type).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!widest.isEmpty()) {
                page.append("| %s | %s | %s |\n"
                        .formatted(
                                type,
                                String.join(", ", widest),
                                Arrays.stream(CallerKind.values())
                                        .filter(kind -> matrix.allows(kind, type, Interaction.SEARCH))
                                        .filter(kind -> !matrix.searchParameters(kind, type)
                                                .equals(widest))
                                        .map(kind -> kind.claim() + ": "
                                                + String.join(", ", matrix.searchParameters(kind, type)))
                                        .collect(Collectors.joining("; "))));
            }
        }
        page.append("\n## Operations\n\n| operation | scope | open to |\n|---|---|---|\n");
        matrix.operations().values().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(operation -> page.append("| `%s` | `%s.%s` | %s |\n"
                        .formatted(
                                operation.name(),
                                operation.resourceType(),
                                operation.interaction().permission(),
                                operation.callers().stream()
                                        .map(kind -> kind.claim() + otherScope(operation, kind))
                                        .sorted()
                                        .collect(Collectors.joining(", ")))));
        page.append(
                "| `%s` on a type, or on one of its records | `c` or `u` of the type | who may create or update it |\n"
                        .formatted(AccessMatrix.VALIDATE));
        compare("access-matrix.md", page.toString());
    }

    private static String otherScope(OpenOperation operation, CallerKind kind) {
        return operation.otherScopes().containsKey(kind)
                ? " (`" + operation.scopeType(kind) + "."
                        + operation.interaction().permission() + "`)"
                : "";
    }

    @Test
    void resourceTypes() throws IOException {
        StringBuilder page = new StringBuilder("# Resource types\n" + NOTE + "\n"
                + "The types that SinusNode has, and why. Every other type is refused with `"
                + DenialCode.RESOURCE_TYPE.code() + "` (" + DenialCode.RESOURCE_TYPE.status()
                + ") on every path: read, search, create, update, operations, and as an entry of a transaction.\n"
                + "A reference to a record of another type is a reference to a record that is not known (`"
                + DenialCode.REFERENCE.code() + "`).\n\n"
                + "Whose a record is decides who may have it. Of a type of the directory every caller has what the [access matrix](access-matrix.md) opens; every other record is one patient's, and is found, counted and read by those who may have that patient's.\n\n"
                + "| type | why it is there | whose a record is |\n|---|---|---|\n");
        AccessMatrix matrix = AccessMatrix.standard();
        for (String type : matrix.resourceTypes().stream().sorted().toList()) {
            page.append("| %s | %s | %s |\n".formatted(type, AccessMatrix.purpose(type), RecordOwners.inWords(type)));
        }
        page.append("""

                ## One record, one patient
                A search finds records by their patient, before they are read. Were a record two patients', a search for the one would find and count what the other does not permit. So none is:

                | sent | answer |
                |---|---|
                | an Appointment or Account that names two patients | 422 `SN-REFERENCE-002`: a group session is one Appointment for each patient, and they may name the same Slot |
                | a record that refers to another patient, or to another patient's record (the recipient of a Communication, a target of a Provenance, an entry of a List) | 422 `SN-REFERENCE-001`, as for a reference that leads nowhere |
                | a document in which something is another patient's | 422 `SN-REFERENCE-001` |
                | a document in which something is not signed yet (a draft Composition, a preliminary finding) | 422 `SN-PROFILE-001`: what is not signed is kept from patients, and a document is given whole |
                | an update that gives a record to another patient | 422 `SN-REFERENCE-001` |

                It holds for every caller, the administrator's loader too. A permit or a scope for Bundle is one for whole documents, whatever lies in them.

                ## Deleting
                Who may delete a type at all stands in the [access matrix](access-matrix.md). What others may have relied on stays, and is marked by its status: cancelled, revoked, retired, entered-in-error.

                | type | a clinic deletes it |
                |---|---|
                %s
                A patient, and who represents one, deletes own vitals, and the MedicationStatement, MedicationAdministration and QuestionnaireResponse that name a patient or a RelatedPerson alone as who told it. A Slot that an Appointment names stays (409 `SN-REQUEST-025`), and so does everything else that another record refers to. What a clinician has signed is deleted by nobody, the loader neither: a therapy plan that was released and what began to hold with it, the release, a risk flag that was decided on (403 `SN-CONTENT-002`). A Consent ends by its status. What was deleted is 410 for those who might have read it, with its history, and unknown to all others.

                ## Left out on purpose
                | what | why |
                |---|---|
                | Composition of its own | It lives in its document: a Composition beside it could say something else. |
                | Bundles of another type | A transaction is carried out and not stored; collections and messages have no owner. |
                | Updates of Medication, Questionnaire, PlanDefinition and ActivityDefinition by a clinic | Other clinics' records name them; a clinic adds a new one, the administrator corrects. |
                | Schedules and Slots of another clinic | A clinic writes calendars whose actors are its own roles, services and places (`SN-CONTENT-001`). |
                | Diagnoses, stays, findings for insurers | They get what they pay for (orders, prescriptions, procedures, accounts), and not why. |
                """.formatted(deletions()));
        compare("resource-types.md", page.toString());
    }

    private static String deletions() {
        AccessMatrix matrix = AccessMatrix.standard();
        return matrix.resourceTypes().stream()
                .sorted()
                .filter(type -> matrix.allows(CallerKind.CLINIC_SYSTEM, type, Interaction.DELETE))
                .map(type -> "| " + type + " | "
                        + (DeletionPolicy.drafts(type).isEmpty()
                                ? "in any state"
                                : "while its status is "
                                        + String.join(", ", new TreeSet<>(DeletionPolicy.drafts(type))))
                        + " |\n")
                .collect(Collectors.joining());
    }

    @Test
    void codesAreDistinctAndWellFormed() {
        assertThat(DenialCode.values())
                .extracting(DenialCode::code)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("SN-[A-Z]+-\\d{3}"));
        assertThat(DenialCode.values()).allSatisfy(code -> {
            assertThat(code.meaning()).endsWith(".");
            assertThat(code.remedy()).endsWith(".");
            assertThat(Set.of(401, 403, 404, 422)).contains(code.status());
        });
    }

    private static String letters(Set<Interaction> interactions) {
        return interactions.stream()
                .sorted()
                .map(interaction -> "" + interaction.permission())
                .collect(Collectors.joining());
    }

    private static void compare(String name, String page) throws IOException {
        Path file = DOCS.resolve(name);
        if (Boolean.getBoolean("sinusnode.docs.update")) {
            Files.writeString(file, page);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("docs/" + name + " is stale; write it anew with: " + UPDATE)
                .isEqualTo(page);
    }
}
