package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.SampledData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcgProfileTest extends AbstractProfileTest {

    EcgProfileTest() {
        super("ecg", Canonicals.ECG);
    }

    @ParameterizedTest
    @CsvSource({"0.1,true", "100,true", "0.09,false", "100.5,false"})
    void samplingIsFrom10To10000Hertz(BigDecimal milliseconds, boolean accepted) {
        Observation ecg =
                changed(Observation.class, recorded -> samples(recorded).setPeriod(milliseconds));
        assertThat(errors(ecg).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void countsOfTheRecorderHaveNoUnit() {
        assertThat(errors(changed(Observation.class, ecg -> samples(ecg).setOrigin(new Quantity().setValue(2048)))))
                .isEmpty();
    }

    @Test
    void unitThatIsNotOfUcumIsRefused() {
        assertThat(errorCodes(changed(
                        Observation.class,
                        ecg -> samples(ecg).getOrigin().setSystem("urn:local").setCode("uV"))))
                .containsExactly("sn-ecg-2");
    }

    @Test
    void twoValuesATimeAreRefused() {
        assertThat(errorCodes(changed(Observation.class, ecg -> samples(ecg).setDimensions(2))))
                .containsExactly("sn-ecg-1");
    }

    @Test
    void rateBesideTheLeadsIsAccepted() {
        assertThat(errors(changed(Observation.class, ecg -> ecg.addComponent()
                        .setCode(new CodeableConcept(new Coding(Codes.LOINC, Codes.HEART_RATE, null)))
                        .setValue(new Quantity()
                                .setValue(72)
                                .setSystem(Codes.UCUM)
                                .setCode("/min")))))
                .isEmpty();
    }

    private static SampledData samples(Observation ecg) {
        return ecg.getComponentFirstRep().getValueSampledData();
    }
}
