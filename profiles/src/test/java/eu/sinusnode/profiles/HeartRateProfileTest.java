package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartRateProfileTest extends AbstractProfileTest {

    HeartRateProfileTest() {
        super("heart-rate", Canonicals.HEART_RATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026", "2026-05", "2026-05-04", "2026-05-04T06:40:31", "2026-05-04T06:40Z"})
    void timesWithoutSecondsOrOffsetAreRefused(String effective) {
        Observation rate = (Observation)
                SharedValidator.parse(Examples.valid("heart-rate").replace("2026-10-25T02:30:00+01:00", effective));
        assertThat(errors(rate)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-05-04T06:40:31Z", "2026-05-04T06:40:31.250+02:00", "2026-05-04T06:40:31-11:00"})
    void timesToTheSecondWithOffsetAreAccepted(String effective) {
        assertThat(errors(changed(Observation.class, rate -> rate.setEffective(new DateTimeType(effective)))))
                .isEmpty();
    }

    @Test
    void meanOverPeriodIsNoReading() {
        assertThat(errors(changed(
                        Observation.class,
                        rate -> rate.setEffective(new Period()
                                .setStartElement(new DateTimeType("2026-05-04T06:00:00Z"))
                                .setEndElement(new DateTimeType("2026-05-04T07:00:00Z"))))))
                .isNotEmpty();
    }

    @Test
    void textInsteadOfNumberIsRefused() {
        assertThat(errors(changed(Observation.class, rate -> rate.setValue(new StringType("sixty")))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "10*99999999999999999999", "mm[Hg", "%s%n", "//"})
    void aUnitThatIsNoneIsRefusedAndDoesNotEndTheValidation(String unit) {
        assertThat(errors(changed(
                        Observation.class,
                        rate -> rate.getValueQuantity().setUnit(unit).setCode(unit))))
                .isNotEmpty();
    }

    @Test
    void missingCategoryIsRefused() {
        assertThat(errors(changed(Observation.class, rate -> rate.setCategory(null))))
                .isNotEmpty();
    }

    @Test
    void unknownMeasurementSettingIsRefused() {
        assertThat(errors(changed(
                        Observation.class, rate -> rate.getExtension().get(0).setValue(new CodeType("train")))))
                .isNotEmpty();
    }
}
