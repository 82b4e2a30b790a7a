package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.Extension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * International Patient Access 1.0.0: each search that its server's CapabilityStatement names, alone and in combination,
 * answers for patient and clinician, sorted and paged, for the types that are open here.
 */
class PatientAccessIT extends RunningServer {

    private static final String FILE = "hl7.fhir.uv.ipa-1.0.0.tgz";
    private static final String STATEMENT = "CapabilityStatement-ipa-server.json";
    private static final String COMBINATIONS =
            "http://hl7.org/fhir/StructureDefinition/capabilitystatement-search-parameter-combination";

    /** By name, a value that IPA's clients would send. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("_id", Records.id("walk")),
            Map.entry("authoredon", "ge2026-01-01"),
            Map.entry("birthdate", "1952-08-17"),
            Map.entry("category", "vital-signs"),
            Map.entry("clinical-status", "active"),
            Map.entry("code", "http://loinc.org|8867-4"),
            Map.entry("contenttype", "application/pdf"),
            Map.entry("date", "ge2026-01-01"),
            Map.entry("family", "Brandt"),
            Map.entry("gender", "female"),
            Map.entry("given", "Helga"),
            Map.entry("identifier", "http://fhir.de/sid/gkv/kvid-10|X110411675"),
            Map.entry("intent", "order"),
            Map.entry("name", "Brandt"),
            Map.entry("onset-date", "ge2020-01-01"),
            Map.entry("patient", "Patient/" + Records.id("walk")),
            Map.entry("period", "ge2020-01-01"),
            Map.entry("status", "final,active,current"),
            Map.entry("type", "http://loinc.org|11488-4"),
            Map.entry("verification-status", "confirmed"));

    private static boolean loaded;

    @BeforeEach
    void world() {
        if (!loaded) {
            WalkWorld.load();
            loaded = true;
        }
    }

    @Test
    void everySearchOfTheGuideAnswersSortedAndPaged() {
        Optional<CapabilityStatement> guide = GuidePackage.statement(FILE, STATEMENT);
        assumeThat(guide).as(FILE + " is not here").isPresent();
        Set<String> asked = new TreeSet<>();
        for (CapabilityStatementRestResourceComponent type :
                guide.orElseThrow().getRestFirstRep().getResource()) {
            for (CallerKind kind : List.of(CallerKind.PATIENT, CallerKind.CLINICIAN)) {
                if (!AccessMatrix.standard()
                        .searchParameters(kind, type.getType())
                        .isEmpty()) {
                    searches(type).forEach(names -> {
                        assertAnswers(type.getType(), names, kind);
                        asked.add(type.getType() + names);
                    });
                }
            }
        }
        assertThat(asked)
                .contains(
                        "Observation[patient, category]",
                        "Observation[patient, category, date]",
                        "Observation[patient, category, status]",
                        "Observation[patient, code]",
                        "Observation[patient, code, date]",
                        "Condition[patient, category, clinical-status]",
                        "DocumentReference[patient, category, date]",
                        "Patient[_id]",
                        "Patient[identifier]");
    }

    /** The baseline: the clinician's and the patient's own search find the vital, newest first. */
    @Test
    void theyFindWhatThereIs() {
        for (CallerKind kind : List.of(CallerKind.PATIENT, CallerKind.CLINICIAN)) {
            Answer found = ask("Observation", List.of("patient", "category", "date"), kind, "&_sort=-date&_count=1");
            assertThat(found.bundle().getEntry()).as(found.body()).hasSize(1);
            // Others of this server have the same number, and there may be more of them than a page holds.
            assertThat(ask("Patient", List.of("_id", "identifier"), kind, "").body())
                    .contains(WalkWorld.PATIENT);
        }
    }

    private static void assertAnswers(String type, List<String> names, CallerKind kind) {
        String last = type.equals("Patient") ? "&_sort=birthdate" : "&_sort=-_lastUpdated";
        Answer page = ask(type, names, kind, last + "&_count=1");
        assertThat(page.status()).as(kind + " " + type + names + page.body()).isEqualTo(200);
        Bundle first = page.bundle();
        assertThat(first.getEntry()).as(kind + " " + type + names).hasSizeLessThanOrEqualTo(1);
        if (first.getLink("next") != null) {
            Answer next = get(first.getLink("next").getUrl(), WalkWorld.token(kind));
            assertThat(next.status()).as(next.body()).isEqualTo(200);
        }
    }

    private static Answer ask(String type, List<String> names, CallerKind kind, String shape) {
        List<String> conditions = new ArrayList<>();
        names.forEach(name -> conditions.add(name + "="
                + URLEncoder.encode(Objects.requireNonNull(VALUES.get(name), name), StandardCharsets.UTF_8)));
        return get("/" + type + "?" + String.join("&", conditions) + shape, WalkWorld.token(kind));
    }

    /** Those by one parameter, beside the patient where the guide demands one, and the combinations. */
    private static List<List<String>> searches(CapabilityStatementRestResourceComponent type) {
        Set<String> open = AccessMatrix.standard().searchParameters(CallerKind.CLINICIAN, type.getType());
        Map<String, List<String>> searches = new LinkedHashMap<>();
        type.getSearchParam().forEach(parameter -> {
            String name = parameter.getName();
            boolean byItself = type.getType().equals("Patient") || name.equals("patient") || name.equals("_id");
            List<String> names = byItself ? List.of(name) : List.of("patient", name);
            searches.put(names.toString(), names);
        });
        for (Extension combination : type.getExtensionsByUrl(COMBINATIONS)) {
            List<String> names = combination.getExtensionsByUrl("required").stream()
                    .map(required -> required.getValue().primitiveValue())
                    .toList();
            searches.put(names.toString(), names);
        }
        assertThat(searches.values().stream().flatMap(List::stream))
                .as("parameters of the guide on " + type.getType())
                .isSubsetOf(open);
        return List.copyOf(searches.values());
    }
}
