package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.job.RunCounts;
import eu.sinusnode.analysis.job.RunSummary;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.ImposedProfiles;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.junit.jupiter.api.Test;

class HttpRunReportsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:10:00Z");
    private static final RunCounts COUNTS = new RunCounts(
            1_240,
            50_000,
            0,
            Map.of(Fault.WRONG_UNIT, 12L, Fault.WEIGHT_JUMP, 3L),
            new FlagChanges(31, 9, 40, 10, 2_000, 55, 0, 4));

    @Test
    void whatARunCameToIsToldInFigures() {
        MeasureReport report = HttpRunReports.of(summary(1, 0, 10), NOW);

        assertThat(ImposedProfiles.of(report)).containsExactly(Canonicals.ANALYSIS_RUN_REPORT);
        assertThat(report.getStatus()).isEqualTo(MeasureReportStatus.COMPLETE);
        assertThat(report.getPeriod().getStartElement().getValueAsString()).isEqualTo("2026-11-21T23:00:00Z");
        assertThat(report.getPeriod().getEndElement().getValueAsString()).isEqualTo("2026-11-21T23:30:05Z");
        assertThat(figures(report))
                .containsEntry("completed runs over everybody", 1L)
                .containsEntry("times that a run broke off", 0L)
                .containsEntry("patients read and scored, in each run", 1_240L)
                .containsEntry("risks that were not computable", 2_000L)
                .containsEntry("flags raised", 31L)
                .containsEntry("flags withdrawn", 10L)
                .containsEntry("patients whose flags the server refused", 0L)
                .containsEntry("readings left out: in a unit that is not known to be one of the measurement", 12L)
                .containsEntry("readings left out: sent twice", 0L);
        assertThat(report.getGroup())
                .extracting(group -> group.getCode().getText())
                .contains("model: a-rule 1.0.0");
    }

    @Test
    void countsOfOneToNineAreNotTold() {
        assertThat(figures(HttpRunReports.of(summary(1, 0, 10), NOW)))
                .doesNotContainKey("flags changed, with a new version in place of the old one")
                .doesNotContainKey("risks that models in the shadow would have raised")
                .doesNotContainKey(
                        "readings left out: more than 5 kg from the weights around it, as of another person");
    }

    @Test
    void ofFewerThanTenPeopleNothingIsCounted() {
        assertThat(figures(HttpRunReports.of(summary(1, 0, 9), NOW)))
                .containsOnlyKeys(
                        "completed runs over everybody",
                        "completed runs over what was new",
                        "times that a run broke off");
    }

    @Test
    void noPatientIsInIt() {
        String report = ca.uhn.fhir.context.FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(HttpRunReports.of(summary(1, 0, 10), NOW));

        assertThat(report).doesNotContain("person-").doesNotContain("Patient");
    }

    @Test
    void whatNeverCameToItsEndIsAnError() {
        assertThat(HttpRunReports.of(summary(0, 1, 10), NOW).getStatus()).isEqualTo(MeasureReportStatus.ERROR);
        assertThat(HttpRunReports.of(summary(1, 1, 10), NOW).getStatus()).isEqualTo(MeasureReportStatus.COMPLETE);
    }

    @Test
    void aReportThatIsToldAgainIsStoredOnce() throws IOException {
        try (FakeServer server = new FakeServer()) {
            server.answer("/fhir", 200, "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}");

            new HttpRunReports(server.fhir(FakeServer.fixedToken())).tell(summary(1, 0, 10), NOW);

            assertThat(server.requests("/fhir")).singleElement().satisfies(request -> assertThat(request.body())
                    .contains("\"ifNoneExist\":\"identifier=https://sinusnode.eu/sid/analysis-run|run-1\""));
        }
    }

    private static RunSummary summary(int completed, int brokenOff, int people) {
        return new RunSummary(
                "run-1",
                "2026-11-21T23:00:00.123Z",
                "2026-11-21T23:30:05.9Z",
                List.of("a-rule 1.0.0"),
                completed,
                0,
                brokenOff,
                COUNTS,
                IntStream.range(0, people).mapToObj(n -> "person-" + n).collect(Collectors.toSet()));
    }

    private static Map<String, Long> figures(MeasureReport report) {
        Map<String, Long> figures = new LinkedHashMap<>();
        report.getGroup().stream()
                .filter(group -> group.hasMeasureScore())
                .forEach(group -> figures.put(
                        group.getCode().getText(),
                        group.getMeasureScore().getValue().longValueExact()));
        return figures;
    }
}
