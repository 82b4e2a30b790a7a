package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a cohort of fifty, as a server or a loader sees it. */
class CohortContentTest {

    private static final CohortSpec SPEC = CohortSpec.standard(50, 1);

    @TempDir
    static Path root;

    private static CohortFiles cohort;

    @BeforeAll
    static void generate() {
        cohort = Cohorts.generate(SPEC, root.resolve("fifty"));
    }

    @Test
    void referencesResolveInTheOrderOfSending() {
        assertThat(danglingReferences(cohort.sortedBundles(), new HashSet<>())).isEmpty();
    }

    @Test
    void patientsMayBeSentSideBySide() {
        Set<String> base = Cohorts.resources(cohort.base()).map(Cohorts::name).collect(Collectors.toSet());
        assertThat(cohort.patients()).hasSize(50).allSatisfy(files -> assertThat(
                        danglingReferences(files, new HashSet<>(base)))
                .isEmpty());
    }

    /** References to what neither stands in {@code known} nor comes earlier in the files. */
    private static List<String> danglingReferences(List<Path> files, Set<String> known) {
        List<String> dangling = new ArrayList<>();
        for (Path file : files) {
            Cohorts.resources(file).forEach(resource -> {
                Cohorts.references(resource).stream()
                        .filter(reference -> !known.contains(reference))
                        .forEach(reference -> dangling.add(Cohorts.name(resource) + " -> " + reference));
                known.add(Cohorts.name(resource));
            });
        }
        return dangling;
    }

    @Test
    void everyEntryIsAPutOfItsResource() {
        for (Path file : cohort.sortedBundles()) {
            JsonNode bundle = Cohorts.read(file);
            assertThat(bundle.get("type").asText()).isEqualTo("transaction");
            Set<String> urls = new HashSet<>();
            Cohorts.stream(bundle.get("entry")).forEach(entry -> {
                String name = Cohorts.name(entry.get("resource"));
                assertThat(entry.at("/request/method").asText()).isEqualTo("PUT");
                assertThat(entry.at("/request/url").asText()).isEqualTo(name);
                assertThat(urls.add(name)).as("%s only once in %s", name, file).isTrue();
            });
            assertThat(urls).hasSizeBetween(1, 100);
        }
    }

    @Test
    void aReadingThatIsSentAgainIsTheSame() {
        Map<String, JsonNode> seen = new HashMap<>();
        List<JsonNode> again = Cohorts.resources(cohort)
                .filter(resource -> seen.putIfAbsent(Cohorts.name(resource), resource) != null)
                .toList();

        assertThat(again).hasSizeGreaterThan(200).allSatisfy(resource -> {
            assertThat(resource.get("resourceType").asText()).isEqualTo("Observation");
            assertThat(resource).isEqualTo(seen.get(Cohorts.name(resource)));
        });
        assertThat(again).hasSize(Cohorts.read(cohort.directory()).get("resent").asInt());
    }

    @Test
    void vitalIdentifiersAreUnique() {
        Map<String, String> owner = new HashMap<>();
        vitals().forEach(vital -> {
            String identifier = vital.at("/identifier/0/value").asText();
            assertThat(owner.computeIfAbsent(identifier, key -> Cohorts.name(vital)))
                    .isEqualTo(Cohorts.name(vital));
        });
    }

    @Test
    void fiftyPatientsSendWhatADemonstrationNeeds() {
        long vitals = vitals().stream().map(Cohorts::name).distinct().count();

        assertThat(vitals).isBetween(25_000L, 40_000L);
        assertThat(vitals)
                .isEqualTo(Cohorts.read(cohort.directory()).get("vitals").asLong());
    }

    @Test
    void nothingLiesAfterTheEnd() {
        OffsetDateTime end = OffsetDateTime.parse("2026-11-01T00:00:00+01:00");

        assertThat(vitals()).allSatisfy(vital -> assertThat(
                        OffsetDateTime.parse(vital.get("effectiveDateTime").asText()))
                .isBefore(end));
        assertThat(series()).allSatisfy(series -> assertThat(
                        OffsetDateTime.parse(series.at("/effectivePeriod/end").asText()))
                .isBefore(end));
    }

    @Test
    void someArriveMoreThanADayLate() {
        int late = 0;
        for (List<Path> files : cohort.patients()) {
            OffsetDateTime newest = OffsetDateTime.parse("2026-01-01T00:00:00Z");
            for (JsonNode vital : files.stream()
                    .flatMap(Cohorts::resources)
                    .filter(CohortContentTest::isVital)
                    .toList()) {
                OffsetDateTime effective =
                        OffsetDateTime.parse(vital.get("effectiveDateTime").asText());
                late += effective.isBefore(newest.minusDays(1)) ? 1 : 0;
                newest = effective.isAfter(newest) ? effective : newest;
            }
        }

        assertThat(late).isGreaterThan(300);
    }

    @Test
    void summerAndWinterTimeAreBothThere() {
        assertThat(vitals().stream().map(vital -> {
                    OffsetDateTime effective =
                            OffsetDateTime.parse(vital.get("effectiveDateTime").asText());
                    return effective.isBefore(OffsetDateTime.parse("2026-10-25T01:00:00Z")) + " "
                            + effective.getOffset();
                }))
                .containsOnly("true +02:00", "false +01:00");
    }

    @Test
    void headersOfRecordingsStateWhatTheIntervalsSay() {
        Map<String, JsonNode> byName = Cohorts.resources(cohort)
                .collect(Collectors.toMap(Cohorts::name, resource -> resource, (one, same) -> one));
        assertThat(series()).hasSizeGreaterThan(100).allSatisfy(series -> {
            JsonNode attachment = byName.getOrDefault(
                            series.at("/derivedFrom/0/reference").asText(), series)
                    .at("/content/0/attachment");
            JsonNode binary = byName.getOrDefault(attachment.get("url").asText(), series);
            byte[] content = Base64.getDecoder().decode(binary.get("data").asText());
            JsonNode intervals = Cohorts.parse(content).get("intervals");

            assertThat(attachment.get("size").asInt()).isEqualTo(content.length);
            assertThat(binary.at("/securityContext/reference").asText())
                    .isEqualTo(series.at("/subject/reference").asText());
            assertThat(component(series, "beat-count")).isEqualTo(intervals.size());
            double sum = Cohorts.stream(intervals).mapToInt(JsonNode::asInt).sum();
            assertThat(component(series, "mean-rr")).isEqualTo(Math.round(10 * sum / intervals.size()) / 10.0);
            double squares = 0;
            for (int i = 1; i < intervals.size(); i++) {
                squares +=
                        Math.pow(intervals.get(i).asInt() - intervals.get(i - 1).asInt(), 2);
            }
            assertThat(component(series, "rmssd"))
                    .isEqualTo(Math.round(10 * Math.sqrt(squares / (intervals.size() - 1))) / 10.0);
        });
    }

    @Test
    void everyKindOfConsentIsThere() throws IOException {
        Set<String> kinds = Files.readAllLines(cohort.labels()).stream()
                .filter(line -> line.contains(",consent,"))
                .map(line -> line.split(",")[3])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(kinds)
                .containsExactly(
                        "analysis-blood-pressure",
                        "clinic-only",
                        "expired",
                        "insurer-blood-pressure",
                        "none",
                        "refused",
                        "wide",
                        "withdrawn");
        assertThat(Cohorts.resources(cohort)
                        .filter(resource ->
                                resource.get("resourceType").asText().equals("Consent"))
                        .map(consent -> consent.get("status").asText()))
                .contains("active", "inactive", "rejected");
    }

    @Test
    void thePersonasShowEveryConsentAndEveryDisease() {
        JsonNode personas = Cohorts.read(cohort.directory()).get("personas");

        assertThat(Cohorts.stream(personas)
                        .map(persona -> persona.get("consent").asText()))
                .hasSize(10)
                .contains("wide", "narrow", "withdrawn", "none");
        assertThat(Cohorts.stream(personas)
                        .map(persona -> persona.get("conditions").toString())
                        .collect(Collectors.joining()))
                .contains("I10.90", "I48.0", "I48.1", "I48.2", "I50.13", "I25.11", "I49.3");
        assertThat(Cohorts.stream(personas).map(persona -> persona.get("id").asText()))
                .isEqualTo(Cohorts.resources(cohort)
                        .filter(resource ->
                                resource.get("resourceType").asText().equals("Patient"))
                        .limit(10)
                        .map(patient -> patient.get("id").asText())
                        .toList());
    }

    @Test
    void theDirectoryNamesOneCentreAndAForeignInsurer() {
        JsonNode organizations = Cohorts.read(cohort.directory()).get("organizations");

        assertThat(Cohorts.stream(organizations)
                        .map(o ->
                                o.get("kind").asText() + " " + o.get("country").asText()))
                .containsOnlyOnce("centre DE", "foreign-insurer US")
                .contains("clinic DE", "insurer DE");
    }

    /** Labels would give the answers away: no word of them may reach a bundle. */
    @Test
    void noTruthIsSent() throws IOException {
        for (Path file : cohort.sortedBundles()) {
            assertThat(Files.readString(file, StandardCharsets.UTF_8))
                    .doesNotContain(
                            "ectopy", "paroxysmal-", "decompens", "slipped", "stuck", "truth", "bias", "imminent");
        }
    }

    @Test
    void patientsAreOfTheRightAge() {
        assertThat(Cohorts.resources(cohort)
                        .filter(resource ->
                                resource.get("resourceType").asText().equals("Patient"))
                        .map(patient -> LocalDate.parse(patient.get("birthDate").asText())
                                .until(SPEC.end())
                                .getYears()))
                .hasSize(50)
                .allSatisfy(age -> assertThat(age).isBetween(40, 90));
    }

    private static List<JsonNode> vitals() {
        return Cohorts.resources(cohort).filter(CohortContentTest::isVital).toList();
    }

    private static List<JsonNode> series() {
        return Cohorts.resources(cohort)
                .filter(resource -> resource.has("effectivePeriod"))
                .toList();
    }

    private static boolean isVital(JsonNode resource) {
        return resource.at("/category/0/coding/0/code").asText().equals("vital-signs");
    }

    private static double component(JsonNode observation, String code) {
        return Cohorts.stream(observation.get("component"))
                .filter(component ->
                        component.at("/code/coding/0/code").asText().equals(code))
                .findFirst()
                .orElseThrow()
                .at("/valueQuantity/value")
                .asDouble();
    }
}
