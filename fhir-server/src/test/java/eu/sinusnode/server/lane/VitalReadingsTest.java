package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VitalReadingsTest {

    @Test
    void bloodPressureGivesTwoReadings() {
        Observation pressure = Vitals.setting(Vitals.bloodPressure(Vitals.PATIENT, 131, 84), Codes.HOME);
        String device = UUID.randomUUID().toString();
        pressure.setDevice(new Reference("Device/" + device));
        pressure.addPerformer(new Reference("Patient/" + Vitals.PATIENT));
        UUID id = UUID.fromString(pressure.getIdElement().getIdPart());
        Instant measured = Instant.parse("2026-10-25T06:30:15Z");

        assertThat(VitalReadings.of(pressure))
                .containsExactly(
                        new VitalReading(
                                UUID.fromString(Vitals.PATIENT),
                                id,
                                1,
                                VitalCode.SYSTOLIC,
                                measured,
                                60,
                                131,
                                ReadingStatus.FINAL,
                                MeasurementSetting.HOME,
                                ReadingAuthor.PATIENT,
                                UUID.fromString(device)),
                        new VitalReading(
                                UUID.fromString(Vitals.PATIENT),
                                id,
                                1,
                                VitalCode.DIASTOLIC,
                                measured,
                                60,
                                84,
                                ReadingStatus.FINAL,
                                MeasurementSetting.HOME,
                                ReadingAuthor.PATIENT,
                                UUID.fromString(device)));
    }

    @Test
    void theOtherHalfOfABloodPressureMayBeMissing() {
        Observation pressure = Vitals.bloodPressure(Vitals.PATIENT, 131, 84);
        pressure.getComponent()
                .get(1)
                .setValue(null)
                .setDataAbsentReason(new CodeableConcept().setText("not readable"));

        assertThat(VitalReadings.of(pressure)).extracting(VitalReading::code).containsExactly(VitalCode.SYSTOLIC);
    }

    @Test
    void aComponentStatedTwiceIsAmbiguous() {
        Observation pressure = Vitals.bloodPressure(Vitals.PATIENT, 131, 84);
        pressure.addComponent(pressure.getComponent().get(0).copy());

        assertThat(VitalReadings.of(pressure)).extracting(VitalReading::code).containsExactly(VitalCode.DIASTOLIC);
    }

    @ParameterizedTest
    @CsvSource({"84.35,kg,84.35", "84350,g,84.35", "186,[lb_av],84.36818082"})
    void weightIsKeptInKilograms(String value, String unit, double kilograms) {
        assertThat(VitalReadings.of(Vitals.weight(Vitals.PATIENT, value, unit)))
                .singleElement()
                .satisfies(reading -> assertThat(reading.value()).isCloseTo(kilograms, within(1e-9)));
    }

    @ParameterizedTest
    @CsvSource({
        "2708-6,97,%,97", "40443-4,58,/min,58", "9279-1,16,{breaths}/min,16", "8310-5,36.8,Cel,36.8",
        "8310-5,98.6,[degF],37", "8302-2,174,cm,174", "8302-2,70,[in_i],177.8", "39156-5,27.4,kg/m2,27.4"
    })
    void furtherVitalsAreKeptInTheirOneUnit(String code, String value, String unit, double kept) {
        Observation vital = Vitals.vital(Vitals.PATIENT, code);
        vital.setValue(Vitals.quantity(new BigDecimal(value), unit));

        assertThat(VitalReadings.of(vital)).singleElement().satisfies(reading -> {
            assertThat(reading.code().loinc()).isEqualTo(code);
            assertThat(reading.value()).isCloseTo(kept, within(1e-9));
        });
    }

    @ParameterizedTest
    @CsvSource({"55423-8,{steps}", "55423-8,1", "41950-7,{steps}/(24.h)", "41950-7,/d"})
    void stepsStandAtTheStartOfTheirPeriod(String code, String unit) {
        Observation steps = Vitals.vital(Vitals.PATIENT, code);
        steps.setValue(Vitals.quantity(BigDecimal.valueOf(6421), unit));
        steps.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-10-24T00:00:00+02:00"))
                .setEndElement(new DateTimeType("2026-10-25T00:00:00+02:00")));

        assertThat(VitalReadings.of(steps)).singleElement().satisfies(reading -> {
            assertThat(reading.effective()).isEqualTo(Instant.parse("2026-10-23T22:00:00Z"));
            assertThat(reading.offsetMinutes()).isEqualTo(120);
            assertThat(reading.value()).isEqualTo(6421);
        });
    }

    @Test
    void aPeriodIsNoMomentAndAMomentIsNoPeriod() {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 70);
        rate.setEffective(new Period().setStartElement(new DateTimeType(Vitals.MEASURED)));
        Observation steps = Vitals.vital(Vitals.PATIENT, Codes.STEPS);
        steps.setValue(Vitals.quantity(BigDecimal.valueOf(6421), "{steps}"));

        assertThat(VitalReadings.of(rate)).isEmpty();
        assertThat(VitalReadings.of(steps)).isEmpty();
    }

    @Test
    void restingRateThatIsNamedAsAHeartRateTooGivesBoth() {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 58);
        rate.getCode().addCoding(new Coding(Codes.LOINC, Codes.RESTING_HEART_RATE, null));

        assertThat(VitalReadings.of(rate))
                .extracting(VitalReading::code)
                .containsExactly(VitalCode.HEART_RATE, VitalCode.RESTING_HEART_RATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mm[Hg]", "st_av", "KG", "mg"})
    void anotherUnitGivesNoReading(String unit) {
        assertThat(VitalReadings.of(Vitals.weight(Vitals.PATIENT, "84", unit))).isEmpty();
    }

    @Test
    void aUnitWithoutUcumOrABoundGivesNoReading() {
        Observation localUnit = Vitals.weight(Vitals.PATIENT, "84", "kg");
        localUnit.getValueQuantity().setSystem("urn:local");
        Observation bound = Vitals.heartRate(Vitals.PATIENT, 200);
        bound.getValueQuantity().setComparator(Quantity.QuantityComparator.GREATER_THAN);

        assertThat(VitalReadings.of(localUnit)).isEmpty();
        assertThat(VitalReadings.of(bound)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Observation.ObservationStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NULL"})
    void everyStatusIsKept(Observation.ObservationStatus status) {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 71);
        rate.setStatus(status);

        assertThat(VitalReadings.of(rate))
                .singleElement()
                .satisfies(reading -> assertThat(reading.status().code()).isEqualTo(status.toCode()));
    }

    @Test
    void whatIsNoVitalSignOfTheLaneGivesNoReading() {
        Observation series = new Observation();
        series.setId(UUID.randomUUID().toString());
        series.setSubject(new Reference("Patient/" + Vitals.PATIENT));
        series.setCode(new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES, null)));
        series.setEffective(new Period());
        Observation sameCodeOfAnotherSystem = Vitals.heartRate(Vitals.PATIENT, 70);
        sameCodeOfAnotherSystem.getCode().getCodingFirstRep().setSystem("urn:other");

        assertThat(VitalReadings.of(series)).isEmpty();
        assertThat(VitalReadings.of(sameCodeOfAnotherSystem)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-25", "2026-10", "2026"})
    void aDateIsNoInstant(String date) {
        assertThat(VitalReadings.of(Vitals.at(Vitals.heartRate(Vitals.PATIENT, 70), date)))
                .isEmpty();
    }

    @Test
    void aSubjectThatIsNoPatientGivesNoReading() {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 70);
        rate.setSubject(new Reference("Group/" + Vitals.PATIENT));

        assertThat(VitalReadings.of(rate)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient-1", "11111111-1111-4111-8111-11111111111A", "1-1-1-1-1"})
    void anIdThatIsNoUuidIsRefusedAndNotSkipped(String id) {
        assertThatThrownBy(() -> VitalReadings.of(Vitals.heartRate(id, 70)))
                .isInstanceOfSatisfying(UnprocessableEntityException.class, refusal -> assertThat(
                                ((OperationOutcome) refusal.getOperationOutcome())
                                        .getIssueFirstRep()
                                        .getDiagnostics())
                        .startsWith("SN-ID-002: ")
                        .doesNotContain(id));
    }

    @Property
    void theInstantAndTheOffsetSurvive(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
            @ForAll @IntRange(min = -14 * 60, max = 14 * 60) int offset) {
        OffsetDateTime stated = Instant.ofEpochSecond(second).atOffset(ZoneOffset.ofTotalSeconds(offset * 60));
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 70);
        String text = java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(stated);

        for (var effective : java.util.List.of(new DateTimeType(text), new InstantType(text))) {
            rate.setEffective(effective);
            assertThat(VitalReadings.of(rate)).singleElement().satisfies(reading -> {
                assertThat(reading.effective()).isEqualTo(stated.toInstant());
                assertThat(reading.offsetMinutes()).isEqualTo(offset);
            });
        }
    }

    @Property
    void gramsAndKilogramsAreTheSameWeight(@ForAll @BigRange(min = "0.5", max = "400") @Scale(3) BigDecimal kilograms) {
        String grams = kilograms.movePointRight(3).toPlainString();

        assertThat(VitalReadings.of(Vitals.weight(Vitals.PATIENT, grams, "g"))
                        .get(0)
                        .value())
                .isEqualTo(VitalReadings.of(Vitals.weight(Vitals.PATIENT, kilograms.toPlainString(), "kg"))
                        .get(0)
                        .value());
    }
}
