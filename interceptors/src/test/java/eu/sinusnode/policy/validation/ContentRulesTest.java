package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.Test;

class ContentRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final ContentRules rules = new ContentRules(new ConsentCompiler(Validity.ZONE), Duration.ofMinutes(5));

    @Test
    void aTimingIsOneStretchOfTime() {
        assertThat(issues(events("2024-05-01", "2024-05-02T08:00:00Z", "2024-05-02T08:00:00Z")))
                .isEmpty();
        assertThat(issues(bounded(new Timing()))).isEmpty();
        assertThat(issues(new Timing())).isEmpty();
        assertThat(issues(events("2024-05-10", "2024-05-01"))).containsExactly("Observation.effective.ofType(Timing)");
        assertThat(issues(bounded(events("2024-05-01")))).containsExactly("Observation.effective.ofType(Timing)");
    }

    private List<String> issues(Timing timing) {
        return rules.check(new Observation().setEffective(timing), NOW, name -> name).stream()
                .map(WriteIssue::path)
                .toList();
    }

    private static Timing events(String... moments) {
        Timing timing = new Timing();
        for (String moment : moments) {
            timing.getEvent().add(new DateTimeType(moment));
        }
        return timing;
    }

    private static Timing bounded(Timing timing) {
        timing.getRepeat()
                .setBounds(new Period()
                        .setStartElement(new DateTimeType("2024-05-01"))
                        .setEndElement(new DateTimeType("2024-12-31")));
        return timing;
    }
}
