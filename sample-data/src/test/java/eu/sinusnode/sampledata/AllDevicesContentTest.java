package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a cohort with all devices, as a server or a loader sees it. */
class AllDevicesContentTest {

    private static final CohortSpec SPEC = new CohortSpec(30, 1, 4, CohortSpec.DEFAULT_END, Devices.ALL);

    @TempDir
    static Path root;

    private static CohortFiles cohort;
    private static List<JsonNode> observations;

    @BeforeAll
    static void generate() {
        cohort = Cohorts.generate(SPEC, root);
        observations = Cohorts.resources(cohort)
                .filter(resource -> resource.get("resourceType").asText().equals("Observation"))
                .toList();
    }

    @Test
    void eachPatientsFilesResolveTheirReferences() {
        Set<String> base = Cohorts.resources(cohort.base()).map(Cohorts::name).collect(Collectors.toSet());
        for (List<Path> files : cohort.patients()) {
            Set<String> known = new HashSet<>(base);
            files.stream().flatMap(Cohorts::resources).forEach(resource -> {
                assertThat(known).containsAll(Cohorts.references(resource));
                known.add(Cohorts.name(resource));
            });
        }
    }

    @Test
    void noBundleHoldsMoreThanAHundredReadingsNorOneTwice() {
        for (Path file : cohort.sortedBundles()) {
            List<String> names = Cohorts.resources(file).map(Cohorts::name).toList();
            assertThat(names).doesNotHaveDuplicates().hasSizeBetween(1, 100);
        }
    }

    @Test
    void theDirectoryCountsVitalsActivitiesAndLabels() throws IOException {
        JsonNode directory = Cohorts.read(cohort.directory());

        assertThat(directory.get("vitals").asLong()).isEqualTo(named("vital-signs"));
        assertThat(directory.get("activities").asLong())
                .isEqualTo(named("activity"))
                .isGreaterThan(30 * 28L);
        assertThat(directory.get("labels").asInt())
                .isEqualTo(Files.readAllLines(cohort.labels()).size() - 1);
    }

    private static long named(String category) {
        return observations.stream()
                .filter(observation ->
                        observation.at("/category/0/coding/0/code").asText().equals(category))
                .map(Cohorts::name)
                .distinct()
                .count();
    }

    @Test
    void everyReadingHasAnIdentifierOfItsOwn() {
        Map<String, String> owner = new HashMap<>();
        observations.forEach(observation -> assertThat(owner.computeIfAbsent(
                        observation.at("/identifier/0/value").asText(), key -> Cohorts.name(observation)))
                .isEqualTo(Cohorts.name(observation)));
    }

    @Test
    void periodsEndAfterTheyBeginAndBeforeTheDataEnd() {
        OffsetDateTime end = OffsetDateTime.parse("2026-11-01T00:00:00+01:00");

        assertThat(observations.stream().filter(observation -> observation.has("effectivePeriod")))
                .hasSizeGreaterThan(1_000)
                .allSatisfy(observation -> {
                    OffsetDateTime to = OffsetDateTime.parse(
                            observation.at("/effectivePeriod/end").asText());
                    assertThat(to).isBeforeOrEqualTo(end);
                    assertThat(OffsetDateTime.parse(
                                    observation.at("/effectivePeriod/start").asText()))
                            .isBefore(to);
                });
    }

    @Test
    void theTruthNamesTrainingsAndNoneIsSent() throws IOException {
        Set<String> trainings = Files.readAllLines(cohort.labels()).stream()
                .map(line -> line.split(","))
                .filter(columns -> columns[2].equals("training"))
                .map(columns -> columns[4])
                .collect(Collectors.toSet());

        assertThat(observations.stream()
                        .filter(observation ->
                                observation.at("/code/coding/0/code").asText().equals("73985-4"))
                        .map(Cohorts::name)
                        .collect(Collectors.toSet()))
                .isEqualTo(trainings)
                .hasSizeGreaterThan(30);
        for (Path file : cohort.sortedBundles()) {
            assertThat(Files.readString(file)).doesNotContain("fever", "training", "cold-finger", "WALKING");
        }
    }
}
