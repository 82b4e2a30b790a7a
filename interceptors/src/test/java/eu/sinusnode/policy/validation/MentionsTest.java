package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.validation.ReferencePolicy.Mention;
import eu.sinusnode.profiles.PlainVital;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class MentionsTest {

    private final Mentions mentions = new Mentions(FhirContext.forR4Cached());

    /** A note makes the same vital sign one that is walked through. */
    @Test
    void aPlainVitalMentionsWhatAWalkThroughItFinds() {
        for (Observation vital : List.of(bare(), full())) {
            assertThat(PlainVital.isPlain(vital)).isTrue();
            Observation walked = vital.copy();
            walked.addNote().setText("seated");
            assertThat(PlainVital.isPlain(walked)).isFalse();

            assertThat(mentions.of(vital)).isEqualTo(mentions.of(walked));
        }
        assertThat(mentions.of(full()))
                .extracting(Mention::path)
                .containsExactly(
                        "Observation.subject",
                        "Observation.encounter",
                        "Observation.performer",
                        "Observation.performer",
                        "Observation.device");
    }

    private static Observation bare() {
        return FhirContext.forR4Cached().newJsonParser().parseResource(Observation.class, """
                {"resourceType":"Observation","status":"final","category":[{"coding":[{"system":
                "http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"coding":
                [{"system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"Patient/anna"},
                "effectiveDateTime":"2026-11-23T12:00:00Z","valueQuantity":{"value":64,"unit":"/min","system":
                "http://unitsofmeasure.org","code":"/min"}}""");
    }

    private static Observation full() {
        Observation vital = bare();
        vital.setEncounter(new Reference("Encounter/e1"));
        vital.addPerformer(new Reference("Practitioner/doctor"));
        vital.addPerformer(new Reference("Organization/clinic-1"));
        vital.setDevice(new Reference("Device/cuff-anna"));
        return vital;
    }
}
