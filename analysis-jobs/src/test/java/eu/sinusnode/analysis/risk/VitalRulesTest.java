package eu.sinusnode.analysis.risk;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VitalRulesTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final Facts UNREAD = new Facts();

    private static RiskResult score(RiskModel rule, Vitals vitals, Facts facts) {
        return rule.score(PatientFeatures.of(vitals.of("p", facts.build()), AS_OF));
    }

    private static Finding raised(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.Raised.class);
        Finding finding = ((RiskResult.Raised) result).finding();
        assertThat(finding.inputs()).containsAll(finding.telling());
        assertThat(finding.telling()).isNotEmpty().allSatisfy(reference -> assertThat(reference)
                .startsWith("Observation/"));
        assertThat(finding.decision()).startsWith("A clinician decides");
        return finding;
    }

    private static String notComputable(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.NotComputable.class);
        return ((RiskResult.NotComputable) result).reason();
    }

    private static String clear(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.Clear.class);
        return ((RiskResult.Clear) result).reason();
    }

    @Nested
    class Severe {

        private final SevereValueRule rule = new SevereValueRule();

        private RiskResult of(Vitals vitals) {
            return score(rule, vitals, UNREAD);
        }

        @ParameterizedTest
        @CsvSource({"180, 90, true", "179.9, 109.9, false", "140, 110, true", "179, 109, false"})
        void crisisPressureFrom180Or110(double systolic, double diastolic, boolean expected) {
            Vitals vitals = new Vitals()
                    .device(Codes.CUFF)
                    .pressure("2026-11-20T08:00:00+01:00", systolic, diastolic)
                    .pressure("2026-11-20T08:02:00+01:00", systolic, diastolic);

            assertThat(of(vitals) instanceof RiskResult.Raised).isEqualTo(expected);
        }

        @Test
        void twoValuesAreHighAndOneIsToBeMeasuredAgain() {
            Vitals one = new Vitals()
                    .device(Codes.CUFF)
                    .pressure("2026-11-20T08:00:00+01:00", 190, 100)
                    .pressure("2026-11-20T08:02:00+01:00", 150, 90);
            Finding single = raised(of(one));
            assertThat(single.value()).isEqualTo("moderate");
            assertThat(single.words().forClinician().german()).startsWith("Ein einzelner kritischer Wert");

            Finding confirmed = raised(of(one.pressure("2026-11-20T08:04:00+01:00", 186, 98)));

            assertThat(confirmed.value()).isEqualTo("high");
            assertThat(confirmed.decideWithin()).hasDays(1);
            assertThat(confirmed.reasons())
                    .singleElement()
                    .asString()
                    .contains("2 value(s)")
                    .contains("190");
            assertThat(confirmed.words().forPatient().german()).contains("112");
        }

        @Test
        void cufflessPressureRaisesNothing() {
            Vitals cuffless = new Vitals()
                    .device(Codes.CUFFLESS)
                    .pressure("2026-11-20T08:00:00+01:00", 200, 120)
                    .pressure("2026-11-20T08:02:00+01:00", 200, 120)
                    .device(null)
                    .pressure("2026-11-20T08:04:00+01:00", 200, 120);

            assertThat(notComputable(of(cuffless))).contains("no cuff pressure");
        }

        @ParameterizedTest
        @CsvSource({"90, false", "89.9, true"})
        void saturationBelow90(double saturation, boolean expected) {
            Vitals vitals = new Vitals()
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:00:00+01:00", saturation)
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:02:00+01:00", saturation);

            assertThat(of(vitals) instanceof RiskResult.Raised).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "HEART_RATE, 39, 2, true",
            "HEART_RATE, 39, 1, false",
            "HEART_RATE, 40, 2, false",
            "HEART_RATE, 180, 5, false",
            "RESTING_HEART_RATE, 131, 2, true",
            "RESTING_HEART_RATE, 131, 1, false",
            "RESTING_HEART_RATE, 130, 2, false",
            "RESTING_HEART_RATE, 39, 2, true",
        })
        void ratesNeedASecondValueAndHighOnesRest(Measurement what, double rate, int times, boolean expected) {
            Vitals vitals = new Vitals();
            for (int i = 0; i < times; i++) {
                vitals.add(what, "2026-11-20T08:0%d:00+01:00".formatted(i), rate);
            }

            assertThat(of(vitals) instanceof RiskResult.Raised).isEqualTo(expected);
        }

        @Test
        void aSingleRateIsNamed() {
            Vitals vitals = new Vitals().add(Measurement.HEART_RATE, "2026-11-20T08:00:00+01:00", 35);

            assertThat(clear(of(vitals))).contains("One heart rate of 35 stands alone");
        }

        @Test
        void onlyTheNewest24HoursCountAndOldDataIsNotComputable() {
            Vitals vitals = new Vitals()
                    .device(Codes.CUFF)
                    .pressure("2026-11-19T08:00:00+01:00", 200, 120)
                    .pressure("2026-11-19T08:02:00+01:00", 200, 120)
                    .pressure("2026-11-20T08:03:00+01:00", 140, 90);
            assertThat(of(vitals)).isInstanceOf(RiskResult.Clear.class);

            Vitals old = new Vitals()
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-17T08:00:00+01:00", 80)
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-17T08:02:00+01:00", 80);
            assertThat(notComputable(of(old))).contains("the run's day or the two before");
            Vitals justIn = new Vitals()
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-18T08:00:00+01:00", 80)
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-18T08:02:00+01:00", 80);
            assertThat(of(justIn)).isInstanceOf(RiskResult.Raised.class);
        }

        @Test
        void aClinicianSetsTheLimitsOfThePatient() {
            Vitals vitals = new Vitals()
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:00:00+01:00", 87)
                    .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:02:00+01:00", 87)
                    .device(Codes.CUFF)
                    .pressure("2026-11-20T08:00:00+01:00", 165, 90)
                    .pressure("2026-11-20T08:02:00+01:00", 165, 90);
            Facts facts = new Facts()
                    .limits(Map.of(
                            Codes.OXYGEN_SATURATION,
                            new PersonalLimits.Range(85.0, null, "Goal/1/_history/1"),
                            Codes.SYSTOLIC,
                            new PersonalLimits.Range(null, 160.0, "Goal/2/_history/1")));

            Finding finding = raised(score(rule, vitals, facts));

            assertThat(finding.reasons())
                    .singleElement()
                    .asString()
                    .contains("systolic")
                    .contains("160");
            assertThat(finding.inputs()).contains("Goal/2/_history/1");
        }

        @Test
        void whatIsWithheldIsSaidSo() {
            assertThat(notComputable(of(new Vitals().withheld(Codes.OXYGEN_SATURATION))))
                    .contains("Withheld")
                    .contains(Codes.OXYGEN_SATURATION);
        }
    }

    @Nested
    class WeightGain {

        private final WeightGainRule rule = new WeightGainRule();

        private Vitals weights(double... kg) {
            Vitals vitals = new Vitals();
            for (int i = 0; i < kg.length; i++) {
                vitals.add(
                        Measurement.BODY_WEIGHT,
                        "2026-11-%02dT07:00:00+01:00".formatted(20 - kg.length + 1 + i),
                        kg[i]);
            }
            return vitals;
        }

        @Test
        void moreThanTwoKilogramsInThreeDays() {
            assertThat(score(rule, weights(80, 80.5, 81, 82), UNREAD)).isInstanceOf(RiskResult.Clear.class);
            Finding finding = raised(score(rule, weights(80, 80.5, 81, 82.1), UNREAD));
            assertThat(finding.figures().get(0).value()).hasToString("2.1");
            assertThat(finding.decideWithin()).hasDays(1);
            assertThat(finding.missing()).anyMatch(sentence -> sentence.contains("heart failure"));
            assertThat(finding.words().forPatient().english()).doesNotContain("heart failure");
            assertThat(score(rule, weights(79, 80.5, 81, 81, 81.5), UNREAD))
                    .as("the gain of four days does not count")
                    .isInstanceOf(RiskResult.Clear.class);
        }

        @Test
        void poundsAreKilogramsBeforeTheyAreCompared() {
            Vitals vitals = new Vitals()
                    .add(Measurement.BODY_WEIGHT, "2026-11-19T07:00:00+01:00", 80)
                    .add(Measurement.BODY_WEIGHT, "2026-11-20T07:00:00+01:00", 181.44, "[lb_av]");
            assertThat(raised(score(rule, vitals, UNREAD)).figures().get(0).value())
                    .hasToString("2.3");
            Vitals mixed = new Vitals()
                    .add(Measurement.BODY_WEIGHT, "2026-11-19T07:00:00+01:00", 80)
                    .add(Measurement.BODY_WEIGHT, "2026-11-20T07:00:00+01:00", 176.4, "[lb_av]");
            assertThat(score(rule, mixed, UNREAD)).isInstanceOf(RiskResult.Clear.class);
        }

        @Test
        void anotherPersonOnTheScaleIsNoGain() {
            assertThat(score(rule, weights(80, 80, 80, 91, 80), UNREAD)).isInstanceOf(RiskResult.Clear.class);
            assertThat(score(rule, weights(80, 80, 80, 80, 91), UNREAD)).isInstanceOf(RiskResult.Clear.class);
            assertThat(score(rule, weights(62, 80, 80.4, 80.2), UNREAD)).isInstanceOf(RiskResult.Clear.class);
        }

        @Test
        void tooLittleIsNotComputable() {
            assertThat(notComputable(score(rule, new Vitals(), UNREAD))).contains("no usable body weight");
            assertThat(notComputable(score(rule, weights(80), UNREAD))).contains("2 are needed");
            assertThat(notComputable(score(rule, new Vitals().withheld(Codes.BODY_WEIGHT), UNREAD)))
                    .contains("withheld");
            Vitals old = new Vitals()
                    .add(Measurement.BODY_WEIGHT, "2026-11-16T07:00:00+01:00", 80)
                    .add(Measurement.BODY_WEIGHT, "2026-11-17T07:00:00+01:00", 84);
            assertThat(notComputable(score(rule, old, UNREAD)))
                    .contains("2026-11-17")
                    .contains("older than two days");
        }

        @Test
        void itIsForHeartFailureWhenTheRecordWasRead() {
            Facts without = new Facts().diagnoses(Diagnosis.HYPERTENSION);
            assertThat(score(rule, weights(80, 83), without)).isInstanceOf(RiskResult.NotApplicable.class);

            Finding finding = raised(score(rule, weights(80, 83), new Facts().diagnoses(Diagnosis.HEART_FAILURE)));
            assertThat(finding.inputs()).contains("Condition/HEART_FAILURE/_history/1");
            assertThat(finding.missing()).noneMatch(sentence -> sentence.contains("heart failure"));
        }
    }

    @Nested
    class RestingRate {

        private final RestingHeartRateRule rule = new RestingHeartRateRule();

        private Vitals rates(double... perMinute) {
            Vitals vitals = new Vitals();
            for (int i = 0; i < perMinute.length; i++) {
                vitals.add(
                        Measurement.RESTING_HEART_RATE,
                        "2026-11-%02dT07:00:00+01:00".formatted(20 - perMinute.length + 1 + i),
                        perMinute[i]);
            }
            return vitals;
        }

        @ParameterizedTest
        @CsvSource({"49.9, true", "50, false", "100, false", "100.1, true"})
        void below50AndAbove100(double rate, boolean expected) {
            assertThat(score(rule, rates(rate, rate, rate), UNREAD) instanceof RiskResult.Raised)
                    .isEqualTo(expected);
        }

        @Test
        void theMedianOfDaysDecides() {
            assertThat(score(rule, rates(70, 72, 130, 71), UNREAD)).isInstanceOf(RiskResult.Clear.class);
            assertThat(notComputable(score(rule, rates(130, 130), UNREAD)))
                    .contains("2 day(s)")
                    .contains("3 are needed");
        }

        @Test
        void heartRatesThatAreNotKnownToBeAtRestAreNotUsed() {
            Vitals vitals = new Vitals();
            for (int day = 14; day <= 20; day++) {
                vitals.add(Measurement.HEART_RATE, "2026-11-%02dT07:00:00+01:00".formatted(day), 140);
            }

            assertThat(notComputable(score(rule, vitals, UNREAD))).contains("not known to be at rest");
        }

        @Test
        void inKnownFibrillationTheLimitIs110() {
            Facts fibrillation =
                    new Facts().diagnoses(Diagnosis.ATRIAL_FIBRILLATION).drugs();
            assertThat(score(rule, rates(108, 108, 108), fibrillation)).isInstanceOf(RiskResult.Clear.class);
            Finding finding = raised(score(rule, rates(112, 112, 112), fibrillation));
            assertThat(finding.reasons()).anyMatch(reason -> reason.contains("above 110/min"));
            assertThat(finding.missing()).isEmpty();
            assertThat(raised(score(rule, rates(108, 108, 108), UNREAD)).missing())
                    .anyMatch(sentence -> sentence.contains("atrial fibrillation"));
        }

        @Test
        void medicationIsNamedOrSaidToBeUnknown() {
            Finding unknown = raised(score(rule, rates(45, 45, 45), UNREAD));
            assertThat(unknown.missing()).anyMatch(sentence -> sentence.contains("slows the heart"));

            Finding known = raised(
                    score(rule, rates(45, 45, 45), new Facts().diagnoses().drugs(DrugClass.BETA_BLOCKER)));
            assertThat(known.reasons()).anyMatch(reason -> reason.contains("a beta blocker"));
            assertThat(known.words().forClinician().german()).contains("unter Betablocker");
            assertThat(known.inputs()).contains("MedicationRequest/BETA_BLOCKER/_history/1");
            assertThat(known.missing()).isEmpty();

            Finding none = raised(
                    score(rule, rates(45, 45, 45), new Facts().diagnoses().drugs()));
            assertThat(none.missing()).isEmpty();
            assertThat(none.reasons()).noneMatch(reason -> reason.contains("slows"));
        }

        @Test
        void aClinicianSetsTheLimitsOfThePatient() {
            Facts athlete = new Facts()
                    .limits(Map.of(
                            Codes.RESTING_HEART_RATE, new PersonalLimits.Range(42.0, 90.0, "Goal/1/_history/1")));
            assertThat(score(rule, rates(45, 45, 45), athlete)).isInstanceOf(RiskResult.Clear.class);
            assertThat(raised(score(rule, rates(95, 95, 95), athlete)).inputs()).contains("Goal/1/_history/1");
        }

        @Test
        void staleRatesAreNotComputable() {
            Vitals old = new Vitals();
            for (int day = 8; day <= 12; day++) {
                old.add(Measurement.RESTING_HEART_RATE, "2026-11-%02dT07:00:00+01:00".formatted(day), 45);
            }

            assertThat(notComputable(score(rule, old, UNREAD)))
                    .contains("2026-11-12")
                    .contains("older than seven days");
        }
    }

    @Nested
    class Saturation {

        private final OxygenSaturationRule rule = new OxygenSaturationRule();

        private Vitals saturations(double... percent) {
            Vitals vitals = new Vitals();
            for (int i = 0; i < percent.length; i++) {
                vitals.add(
                        Measurement.OXYGEN_SATURATION,
                        "2026-11-%02dT07:00:00+01:00".formatted(20 - percent.length + 1 + i),
                        percent[i]);
            }
            return vitals;
        }

        @ParameterizedTest
        @CsvSource({"92, false, false", "91.9, false, true", "91, true, false", "88, true, false", "87.9, true, true"})
        void below92AndInLungDiseaseBelow88(double percent, boolean lungDisease, boolean expected) {
            Facts facts = lungDisease
                    ? new Facts().diagnoses(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE)
                    : new Facts().diagnoses();

            assertThat(score(rule, saturations(percent, percent, percent), facts) instanceof RiskResult.Raised)
                    .isEqualTo(expected);
        }

        @Test
        void unreadDiagnosesAreSaidToBeUnknown() {
            Finding finding = raised(score(rule, saturations(90, 90, 90), UNREAD));

            assertThat(finding.missing()).anyMatch(sentence -> sentence.contains("88 to 92 %"));
            assertThat(finding.words().forClinician().german()).contains("90,0 %");
        }

        @Test
        void sharesOfOneAreNotSaturations() {
            Vitals shares = new Vitals();
            for (int day = 15; day <= 20; day++) {
                shares.add(Measurement.OXYGEN_SATURATION, "2026-11-%02dT07:00:00+01:00".formatted(day), 0.97, "%");
            }

            assertThat(notComputable(score(rule, shares, UNREAD))).contains("no usable oxygen saturation");
        }

        @Test
        void tooFewDaysAndStaleOnesAreNotComputable() {
            assertThat(notComputable(score(rule, saturations(85, 85), UNREAD))).contains("3 are needed");
            assertThat(notComputable(score(rule, new Vitals().withheld(Codes.OXYGEN_SATURATION), UNREAD)))
                    .contains("withheld");
        }
    }
}
