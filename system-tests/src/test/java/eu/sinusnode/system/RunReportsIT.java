package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.profiles.Canonicals;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run by hand over real records leaves its report, once. */
@ExtendWith(SystemExtension.class)
class RunReportsIT {

    @Test
    void whatARunCameToIsReadByClinicsAndAdministratorsAndNobodyElse(RunningSystem system) {
        Set<String> before = new HashSet<>();
        reports(system, "administrator").forEach(report -> before.add(id(report)));

        system.runRiskJob("--full");

        List<JsonNode> reports = reports(system, "clinician-1").stream()
                .filter(report -> !before.contains(id(report)))
                .toList();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.path("status").asText()).isEqualTo("complete");
            assertThat(report.path("period").path("start").asText())
                    .isLessThanOrEqualTo(report.path("period").path("end").asText());
            assertThat(score(report, "completed runs over everybody")).isEqualTo(1);
            assertThat(report.toString())
                    .contains("model: home-blood-pressure-esc-2024")
                    .doesNotContain("Patient/");
            assertThat(report.path("group"))
                    .as("fewer than ten of the ten permit it, and of so few nothing is counted")
                    .noneMatch(group -> group.path("code").path("text").asText().startsWith("patients"));
        });
        for (String other : List.of("patient-1", "insurer", "clinic-system", "auditor")) {
            assertThat(system.as(other)
                            .get("MeasureReport?measure=" + Canonicals.ANALYSIS_RUN)
                            .status())
                    .as(other)
                    .isEqualTo(403);
        }
    }

    private static List<JsonNode> reports(RunningSystem system, String caller) {
        return Searches.firstPage(system.as(caller), "MeasureReport?_count=100&measure=" + Canonicals.ANALYSIS_RUN);
    }

    private static String id(JsonNode report) {
        return report.path("id").asText();
    }

    private static int score(JsonNode report, String figure) {
        return StreamSupport.stream(report.path("group").spliterator(), false)
                .filter(group -> figure.equals(group.path("code").path("text").asText()))
                .mapToInt(group -> group.path("measureScore").path("value").asInt(-1))
                .findFirst()
                .orElse(-1);
    }
}
