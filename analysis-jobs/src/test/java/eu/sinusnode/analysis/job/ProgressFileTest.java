package eu.sinusnode.analysis.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.job.Checkpoint.Reached;
import eu.sinusnode.analysis.reading.PatientSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFileTest {

    private static final String QUARTER = "3fffffff-ffff-4fff-bfff-ffffffffffff";

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void itTellsShareAndPaceAndWhenItWillEnd() throws IOException {
        ProgressFile progress = new ProgressFile(directory, clock());
        progress.at(reached(0, 0, ""));
        assertThat(told().path("expectedEnd").isNull()).isTrue();
        now = now.plusSeconds(100);

        progress.at(reached(4, 500, ""));

        assertThat(told().path("share").asDouble()).isEqualTo(0.25);
        assertThat(told().path("patients").asInt()).isEqualTo(500);
        assertThat(told().path("patientsPerSecond").asDouble()).isEqualTo(5.0);
        assertThat(told().path("at").asText()).isEqualTo("2026-11-20T12:01:40Z");
        assertThat(told().path("expectedEnd").asText())
                .as("three quarters are left")
                .isEqualTo("2026-11-20T12:06:40Z");
    }

    @Test
    void aRunThatGoesOnIsJudgedByWhatItDidSince() throws IOException {
        ProgressFile progress = new ProgressFile(directory, clock());
        progress.at(reached(8, 1_000, ""));
        now = now.plusSeconds(60);

        progress.at(reached(12, 1_300, ""));

        assertThat(told().path("patientsPerSecond").asDouble()).isEqualTo(5.0);
        assertThat(told().path("expectedEnd").asText()).isEqualTo("2026-11-20T12:02:00Z");
    }

    @Test
    void withinASliceIdsTellTheShare() {
        assertThat(reached(3, 1, QUARTER).share()).isCloseTo(0.25, within(1e-6));
        assertThat(reached(3, 1, "37ffffff-ffff-4fff-bfff-ffffffffffff").share())
                .isCloseTo(3.5 / 16, within(1e-6));
        assertThat(reached(3, 1, "patient-one").share())
                .as("of another kind of id")
                .isEqualTo(3.0 / 16);
        assertThat(reached(16, 1, "").share()).isEqualTo(1);
        assertThat(new PatientSlice(3).shareThrough("30000000-0000-4000-8000-000000000000"))
                .isZero();
    }

    @Test
    void whenNoRunIsAtWorkThereIsNoFile() throws IOException {
        ProgressFile progress = new ProgressFile(directory, clock());
        progress.at(reached(1, 1, ""));
        progress.over();
        assertThat(file()).doesNotExist();
        progress.at(reached(1, 1, ""));

        new ProgressFile(directory, clock());

        assertThat(file()).as("of a run that was killed").doesNotExist();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private Path file() {
        return directory.resolve("risk-progress.json");
    }

    private JsonNode told() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(file()));
    }

    /** @param last id that the slice behind the whole ones has come to */
    private static Checkpoint.State reached(int whole, int patients, String last) {
        List<Reached> slices = new ArrayList<>();
        for (int i = 0; i < PatientSlice.COUNT; i++) {
            slices.add(new Reached(i == whole ? last : "", i < whole));
        }
        return new Checkpoint.State(
                "run",
                "2026-11-20T11:59:59Z",
                "http://server/fhir",
                "2026-11-20T12:00:00Z",
                false,
                List.of(),
                null,
                7L,
                slices,
                new RunCounts(patients, 0, 0, Map.of(), FlagChanges.NONE),
                List.of());
    }
}
