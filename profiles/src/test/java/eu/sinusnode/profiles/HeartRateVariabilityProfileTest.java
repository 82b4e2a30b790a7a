package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartRateVariabilityProfileTest extends AbstractQuantityProfileTest {

    HeartRateVariabilityProfileTest() {
        super("heart-rate-variability", Canonicals.HEART_RATE_VARIABILITY, "sn-hrv-1", new Range("ms", 0, 3000, 0.1));
    }

    @Test
    void rmssdHasACodeOfItsOwnAndOverAPeriodToo() {
        assertThat(errors(changed(Observation.class, variability -> {
                    variability.setCode(
                            new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, Codes.RMSSD, "RMSSD")));
                    variability.setEffective(new Period()
                            .setStartElement(new DateTimeType("2026-10-25T02:30:00+01:00"))
                            .setEndElement(new DateTimeType("2026-10-25T02:35:00+01:00")));
                })))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"80404-7,RMSSD 5 min", "80404-7,hrv rmssd"})
    void displayThatNamesTheOtherMeasureIsRefused(String code, String display) {
        assertThat(errorCodes(changed(Observation.class, variability -> variability
                        .getCode()
                        .getCodingFirstRep()
                        .setCode(code)
                        .setDisplay(display))))
                .contains("sn-hrv-2");
    }

    @Test
    void bothCodesAtOnceAreRefused() {
        assertThat(errorCodes(changed(Observation.class, variability -> variability
                        .getCode()
                        .addCoding(new Coding(Canonicals.OBSERVATION_CODES, Codes.RMSSD, null)))))
                .containsExactly("sn-hrv-2");
    }
}
