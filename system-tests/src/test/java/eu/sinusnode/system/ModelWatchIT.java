package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real watch over ten real records: far too few to tell of, and said so by leaving it out. */
@ExtendWith(SystemExtension.class)
class ModelWatchIT {

    @Test
    void aWeekOfEachModelIsReportedForClinicsAndAdministratorsAndNobodyElse(RunningSystem system) {
        List<String> lines = new ArrayList<>();
        String last = system.parts()
                .modelWatch()
                .run(
                        List.of(
                                "--state=" + system.installation().home().job(),
                                "--as-of=" + system.directory().dataEnd()),
                        lines::add);

        assertThat(RunningSystem.json(last).path("shadows").fieldNames())
                .toIterable()
                .as("those of simulated patients alone, until somebody takes them out")
                .hasSize(2)
                .anyMatch(label -> label.startsWith("pressure-deterioration-logistic 1.1.0, SHA-256"))
                .anyMatch(label -> label.startsWith("decompensation-logistic 1.1.0, SHA-256"));
        assertThat(lines.stream().filter(line -> line.startsWith("{\"model\"")).map(RunningSystem::json))
                .hasSize(12)
                .allSatisfy(week -> assertThat(week.path("drift").size()).isZero());
        for (String reader : List.of("clinician-1", "administrator")) {
            List<JsonNode> reports = Searches.firstPage(system.as(reader), "MeasureReport?status=complete");
            assertThat(reports).as(reader).hasSizeGreaterThanOrEqualTo(6).allSatisfy(report -> assertThat(
                            report.toString())
                    .doesNotContain("Patient/"));
        }
        for (String other : List.of("patient-1", "insurer", "clinic-system", "auditor")) {
            assertThat(system.as(other).get("MeasureReport?status=complete").status())
                    .as(other)
                    .isEqualTo(403);
        }
        Answer forged = system.as("clinician-1")
                .post("MeasureReport", "{\"resourceType\":\"MeasureReport\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(forged.status()).isEqualTo(403);
    }
}
