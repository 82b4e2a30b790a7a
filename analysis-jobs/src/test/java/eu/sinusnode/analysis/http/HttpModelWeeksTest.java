package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.watch.Lift;
import eu.sinusnode.analysis.watch.ModelWeek;
import eu.sinusnode.analysis.watch.ModelWeek.FeatureDrift;
import eu.sinusnode.analysis.watch.ModelWeek.Interval;
import eu.sinusnode.analysis.watch.WatchState.Shadow;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Test;

class HttpModelWeeksTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:10:00Z");
    private static final ModelWeek WEEK = new ModelWeek(
            "a-rule 1.0.0",
            "2026-11-22T00:00:00Z",
            4210,
            null,
            1.5,
            40,
            20,
            new Interval(0.667, 0.54, 0.77),
            null,
            16,
            0.25,
            Map.of("systolic-week-change", new FeatureDrift(4000, 3900, 0.31, null)));

    @Test
    void itConformsToTheProfileAndSaysWhatIsKnown() {
        MeasureReport report = HttpModelWeeks.of(
                WEEK, new Shadow("2026-11-22T00:00:00Z", List.of("The distribution has moved.")), null, NOW);

        assertThat(new ProfileValidator(FhirContext.forR4Cached())
                        .validate(report).stream()
                                .filter(ValidationIssue::isError)
                                .toList())
                .isEmpty();
        assertThat(report.getGroup())
                .extracting(group -> group.getCode().getText())
                .contains(
                        "patients",
                        "sign-offs that became due",
                        "share of them that was overdue",
                        "PSI of systolic-week-change",
                        "in the shadow")
                .doesNotContain("risk raised at the end of the week", "mean probability that decided flags told")
                .anyMatch(text -> text.endsWith("The distribution has moved."));
        assertThat(report.getPeriod().getStartElement().getValueAsString()).isEqualTo("2026-11-15T00:00:00Z");
    }

    @Test
    void ofAModelThatIsShownItSaysSo() {
        assertThat(HttpModelWeeks.of(WEEK, null, null, NOW).getGroup())
                .filteredOn(group -> group.getCode().getText().equals("in the shadow"))
                .singleElement()
                .satisfies(
                        group -> assertThat(group.getMeasureScore().getValue()).isZero());
    }

    @Test
    void whoTookItOutOfTheShadowIsTold() {
        Lift lift = new Lift(
                WEEK.model(), "2026-11-20T00:00:00Z", "Dr. Anke Vogel", "medical lead", "New cuffs are in use.");

        assertThat(HttpModelWeeks.of(WEEK, null, lift, NOW).getGroup())
                .extracting(group -> group.getCode().getText())
                .contains(
                        "Taken out of the shadow at 2026-11-20T00:00:00Z by Dr. Anke Vogel, medical lead: New cuffs are in use.");
    }

    @Test
    void aWeekThatIsToldAgainIsStoredOnce() throws IOException {
        try (FakeServer server = new FakeServer()) {
            server.answer("/fhir", 200, "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}");

            new HttpModelWeeks(server.fhir(FakeServer.fixedToken())).report(WEEK, null, null, NOW);

            assertThat(server.requests("/fhir")).singleElement().satisfies(request -> assertThat(request.body())
                    .contains("\"ifNoneExist\":\"identifier=https://sinusnode.eu/sid/model-week|"
                            + "a-rule+1.0.0%7C2026-11-22T00%3A00%3A00Z\""));
        }
    }
}
