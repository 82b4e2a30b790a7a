package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepCountProfileTest extends AbstractQuantityProfileTest {

    StepCountProfileTest() {
        super(
                "step-count",
                Canonicals.STEP_COUNT,
                "sn-steps-1",
                new Range("{steps}", 0, 200000, 1),
                new Range("1", 0, 200000, 1));
    }

    @Test
    void halfAStepIsRefused() {
        assertThat(errorCodes(measured(100.5, "{steps}"))).containsExactly("sn-steps-1");
    }

    @ParameterizedTest
    @CsvSource({"/d,true", "1/(24.h),true", "{steps}/(24.h),true", "{steps},false"})
    void countOver24HoursIsPerDay(String unit, boolean accepted) {
        Observation day = measured(8000, unit);
        day.getCode().getCodingFirstRep().setCode(Codes.STEPS_A_DAY);
        assertThat(errors(day).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void momentIsRefused() {
        assertThat(errors(changed(
                        Observation.class, steps -> steps.setEffective(new DateTimeType("2026-10-25T08:00:00+01:00")))))
                .isNotEmpty();
    }
}
