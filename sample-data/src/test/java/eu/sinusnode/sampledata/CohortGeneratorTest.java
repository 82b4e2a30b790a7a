package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CohortGeneratorTest {

    private static final CohortSpec SPEC = CohortSpec.standard(50, 1);

    @TempDir
    static Path root;

    private static CohortFiles cohort;

    @BeforeAll
    static void generate() {
        cohort = Cohorts.generate(SPEC, root.resolve("fifty"));
    }

    @Test
    void sameSeedSameBytes() {
        Cohorts.generate(SPEC, root.resolve("again"));

        assertThat(Cohorts.hashes(root.resolve("again"))).isEqualTo(Cohorts.hashes(root.resolve("fifty")));
    }

    @Test
    void threadsChangeNothing() throws IOException {
        // More than one range of patients for each thread, and a last one that is not full.
        CohortSpec spec = new CohortSpec(75, 1, 1, CohortSpec.DEFAULT_END, Devices.ALL);
        new CohortGenerator(spec, 1).writeTo(root.resolve("one-thread"), Progress.SILENT);
        new CohortGenerator(spec, 4).writeTo(root.resolve("four-threads"), Progress.SILENT);

        assertThat(Cohorts.hashes(root.resolve("four-threads")))
                .isEqualTo(Cohorts.hashes(root.resolve("one-thread")))
                .hasSizeGreaterThan(3 * 75);
    }

    @Test
    void moreDevicesAddReadingsAndChangeNone() {
        CohortSpec spec = new CohortSpec(50, 1, CohortSpec.DEFAULT_WEEKS, CohortSpec.DEFAULT_END, Devices.ALL);
        CohortFiles all = Cohorts.generate(spec, root.resolve("all-devices"));
        Map<String, JsonNode> resources = Cohorts.resources(all)
                .collect(Collectors.toMap(Cohorts::name, resource -> resource, (one, same) -> one));

        assertThat(Cohorts.resources(cohort))
                .allSatisfy(resource -> assertThat(resources).containsEntry(Cohorts.name(resource), resource));
        long hearts = Cohorts.resources(cohort).map(Cohorts::name).distinct().count();
        assertThat(resources.size()).isGreaterThan((int) (1.25 * hearts));
    }

    @Test
    void anotherSeedIsAnotherCohort() {
        Path other = root.resolve("other");
        Cohorts.generate(CohortSpec.standard(10, 2), other);
        Map<String, String> hashes = Cohorts.hashes(root.resolve("fifty"));

        Cohorts.hashes(other).forEach((file, hash) -> assertThat(hash).isNotEqualTo(hashes.get(file)));
        assertThat(Cohorts.resources(new CohortFiles(other)).map(Cohorts::name))
                .doesNotContainAnyElementsOf(
                        Cohorts.resources(cohort).map(Cohorts::name).toList());
    }

    @Test
    void aSmallerCohortIsTheBeginningOfALargerOne() {
        Path ten = root.resolve("ten");
        Cohorts.generate(CohortSpec.standard(10, 1), ten);
        Map<String, String> larger = Cohorts.hashes(root.resolve("fifty"));
        Map<String, String> smaller = Cohorts.hashes(ten);
        smaller.keySet().removeIf(file -> !file.startsWith("bundles"));

        assertThat(larger).containsAllEntriesOf(smaller);
        assertThat(new CohortFiles(ten).patients()).hasSize(10);
        assertThat(Cohorts.read(ten.resolve("directory.json")).get("personas"))
                .isEqualTo(Cohorts.read(cohort.directory()).get("personas"));
    }

    @Test
    void aSmallerCohortReplacesALargerOneAndTouchesNothingElse() throws IOException {
        Path place = root.resolve("replaced");
        Cohorts.generate(CohortSpec.standard(4, 1), place);
        Files.writeString(place.resolve("bundles").resolve("mine.txt"), "not yours");

        CohortFiles files = Cohorts.generate(CohortSpec.standard(2, 1), place);

        assertThat(files.patients()).hasSize(2);
        assertThat(place.resolve("bundles").resolve("mine.txt")).hasContent("not yours");
    }

    @Test
    void specsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CohortSpec.standard(0, 1))
                .withMessageContaining("patients must be 1 to 120000");
        assertThatIllegalArgumentException().isThrownBy(() -> CohortSpec.standard(120_001, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CohortSpec(10, 1, 0, CohortSpec.DEFAULT_END))
                .withMessageContaining("weeks");
    }
}
