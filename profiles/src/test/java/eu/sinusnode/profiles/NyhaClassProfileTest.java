package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NyhaClassProfileTest extends AbstractProfileTest {

    NyhaClassProfileTest() {
        super("nyha-class", Canonicals.NYHA_CLASS);
    }

    @ParameterizedTest
    @CsvSource({"420300004", "421704003", "420913000", "422293003"})
    void answersThatScoresReadAreAccepted(String code) {
        assertThat(errors(changed(
                        Observation.class,
                        answer -> answer.setValue(new CodeableConcept(new Coding(Codes.SNOMED, code, null))))))
                .isEmpty();
    }

    @Test
    void answerThatIsNotKnownIsAcceptedWithItsReason() {
        assertThat(errors(changed(Observation.class, answer -> answer.setValue(null)
                        .setDataAbsentReason(new CodeableConcept(new Coding(
                                "http://terminology.hl7.org/CodeSystem/data-absent-reason", "asked-unknown", null))))))
                .isEmpty();
    }
}
