package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

class RiskFlagProfileTest extends AbstractProfileTest {

    RiskFlagProfileTest() {
        super("risk-flag", Canonicals.RISK_FLAG);
    }

    @Test
    void bloodPressureCategoryIsValuedByItsOwnCodes() {
        assertThat(errors(category(Canonicals.BLOOD_PRESSURE_CATEGORIES, Codes.SEVERE)))
                .isEmpty();
        assertThat(errorCodes(category(Codes.RISK_PROBABILITY, "high"))).containsExactly("sn-flag-2");
    }

    @Test
    void notComputableSummarySaysWhyInItsComponents() {
        assertThat(errors(changed(Observation.class, flag -> {
                    flag.setCode(new CodeableConcept(
                            new Coding(Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY, null)));
                    flag.setValue(null);
                    flag.setComponent(null)
                            .addComponent()
                            .setCode(new CodeableConcept(new Coding(
                                    Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION, null)))
                            .setDataAbsentReason(new CodeableConcept(new Coding(
                                    "http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", null)));
                })))
                .isEmpty();
    }

    @Test
    void everyFlagCodeIsValuedByARiskProbabilityAlone() {
        for (String code : RiskFlagCodes.ALL) {
            if (!code.equals(Codes.HOME_BLOOD_PRESSURE_CATEGORY) && !code.equals(Codes.NOT_COMPUTABLE_SUMMARY)) {
                assertThat(errors(flag(code, Codes.RISK_PROBABILITY, "moderate")))
                        .as(code)
                        .isEmpty();
                assertThat(errorCodes(flag(code, Canonicals.BLOOD_PRESSURE_CATEGORIES, Codes.SEVERE)))
                        .as(code)
                        .containsExactly("sn-flag-2");
            }
        }
    }

    @Test
    void unknownFlagCodeIsRefused() {
        assertThat(errors(changed(
                        Observation.class,
                        flag -> flag.setCode(new CodeableConcept(
                                new Coding(Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES, null))))))
                .isNotEmpty();
    }

    private Observation category(String system, String code) {
        return flag(Codes.HOME_BLOOD_PRESSURE_CATEGORY, system, code);
    }

    private Observation flag(String what, String system, String code) {
        return changed(Observation.class, flag -> {
            flag.setCode(new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, what, null)));
            flag.setValue(new CodeableConcept(new Coding(system, code, null)));
        });
    }
}
