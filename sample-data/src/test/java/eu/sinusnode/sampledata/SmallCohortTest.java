package eu.sinusnode.sampledata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed cohort is what the generator writes today: a change of the generator shows in the commit. */
class SmallCohortTest {

    private static final Path COMMITTED = Path.of("cohort-small");

    @TempDir
    Path directory;

    @Test
    void generatingItAgainGivesTheSameBytes() {
        Cohorts.generate(new CohortSpec(3, 1, 1, LocalDate.of(2026, 11, 1), Devices.ALL), directory);

        assertThat(Cohorts.hashes(directory))
                .isEqualTo(Cohorts.hashes(COMMITTED))
                .hasSizeGreaterThan(5);
    }
}
