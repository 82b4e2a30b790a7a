package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImposedProfilesTest {

    static Stream<Arguments> resources() {
        return Stream.of(
                Arguments.of(new Patient(), Canonicals.PATIENT),
                Arguments.of(new Condition(), Canonicals.CONDITION),
                Arguments.of(coded(Codes.LOINC, LaboratoryCodes.POTASSIUM), Canonicals.LABORATORY_VALUE),
                Arguments.of(coded(Codes.LOINC, Codes.EJECTION_FRACTION), Canonicals.EJECTION_FRACTION),
                Arguments.of(coded(Codes.LOINC, Codes.NYHA_CLASS), Canonicals.NYHA_CLASS),
                Arguments.of(coded(Codes.LOINC, Codes.SMOKING_STATUS), Canonicals.SMOKING_STATUS),
                Arguments.of(new CarePlan(), Canonicals.THERAPY_PLAN),
                Arguments.of(new Consent(), Canonicals.CONSENT),
                Arguments.of(new Coverage(), Canonicals.COVERAGE),
                Arguments.of(new Organization(), Canonicals.ORGANIZATION),
                Arguments.of(new CareTeam(), Canonicals.CARE_TEAM),
                Arguments.of(new Task(), Canonicals.SIGN_OFF_TASK),
                Arguments.of(
                        new Task().setCode(concept(Canonicals.TASK_CODES, Codes.RISK_REPLAY)),
                        Canonicals.RISK_REPLAY_TASK),
                Arguments.of(new Provenance(), Canonicals.RISK_PROVENANCE),
                Arguments.of(new Device(), Canonicals.DEVICE),
                Arguments.of(new Device().setType(concept(Codes.SNOMED, Codes.SOFTWARE)), Canonicals.ALGORITHM_DEVICE),
                Arguments.of(coded(Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL), Canonicals.BLOOD_PRESSURE),
                Arguments.of(coded(Codes.LOINC, Codes.HEART_RATE), Canonicals.HEART_RATE),
                Arguments.of(coded(Codes.LOINC, Codes.BODY_WEIGHT), Canonicals.BODY_WEIGHT),
                Arguments.of(coded(Codes.LOINC, Codes.RESTING_HEART_RATE), Canonicals.RESTING_HEART_RATE),
                Arguments.of(coded(Codes.LOINC, Codes.OXYGEN_SATURATION), Canonicals.OXYGEN_SATURATION),
                Arguments.of(coded(Codes.LOINC, Codes.PULSE_OXIMETRY), Canonicals.OXYGEN_SATURATION),
                Arguments.of(coded(Codes.LOINC, Codes.BODY_HEIGHT), Canonicals.BODY_HEIGHT),
                Arguments.of(coded(Codes.LOINC, Codes.BODY_MASS_INDEX), Canonicals.BODY_MASS_INDEX),
                Arguments.of(coded(Codes.LOINC, Codes.BODY_TEMPERATURE), Canonicals.BODY_TEMPERATURE),
                Arguments.of(coded(Codes.LOINC, Codes.RESPIRATORY_RATE), Canonicals.RESPIRATORY_RATE),
                Arguments.of(coded(Codes.LOINC, Codes.STEPS), Canonicals.STEP_COUNT),
                Arguments.of(coded(Codes.LOINC, Codes.STEPS_A_DAY), Canonicals.STEP_COUNT),
                Arguments.of(coded(Codes.LOINC, Codes.SDNN), Canonicals.HEART_RATE_VARIABILITY),
                Arguments.of(coded(Canonicals.OBSERVATION_CODES, Codes.RMSSD), Canonicals.HEART_RATE_VARIABILITY),
                Arguments.of(coded(Codes.LOINC, Codes.HEART_RHYTHM), Canonicals.HEART_RHYTHM),
                Arguments.of(coded(Codes.LOINC, Codes.ECG_STUDY), Canonicals.ECG),
                Arguments.of(coded(Canonicals.OBSERVATION_CODES, Codes.EXERCISE_ANGINA), Canonicals.CORONARY_FINDING),
                Arguments.of(
                        coded(Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES), Canonicals.RR_INTERVAL_SERIES),
                Arguments.of(
                        coded(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION), Canonicals.RISK_FLAG),
                Arguments.of(
                        coded(Canonicals.OBSERVATION_CODES, Codes.HOME_BLOOD_PRESSURE_CATEGORY), Canonicals.RISK_FLAG),
                Arguments.of(coded(Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY), Canonicals.RISK_FLAG));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void profileFollowsFromTypeAndCode(Resource resource, String profile) {
        assertThat(ImposedProfiles.of(resource)).containsExactly(profile);
    }

    @Test
    void codeCountsWhereverItStandsAmongTheCodings() {
        Observation rate = new Observation();
        rate.getCode()
                .addCoding(new Coding(Codes.SNOMED, "364075005", null))
                .addCoding(new Coding("urn:iso:std:iso:11073:10101", "147842", null))
                .addCoding(new Coding(Codes.LOINC, Codes.HEART_RATE, null));
        assertThat(ImposedProfiles.of(rate)).containsExactly(Canonicals.HEART_RATE);
    }

    @Test
    void sameCodeOfAnotherSystemImposesNothing() {
        assertThat(ImposedProfiles.of(coded(Codes.SNOMED, Codes.HEART_RATE))).isEmpty();
    }

    @Test
    void riskFlagByCategoryWhateverItsCode() {
        Observation flag = coded(Codes.LOINC, Codes.HEART_RATE)
                .addCategory(concept(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG));
        assertThat(ImposedProfiles.of(flag)).containsExactly(Canonicals.RISK_FLAG);
    }

    @Test
    void otherVitalSignsHaveWhatAllHaveInCommon() {
        Observation circumference =
                coded(Codes.LOINC, "9843-4").addCategory(concept(Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS));
        assertThat(ImposedProfiles.of(circumference)).containsExactly(Canonicals.VITAL_SIGN);
    }

    @Test
    void whatIsNamedAsTwoMeasurementsIsHeldAgainstBoth() {
        Observation rate = coded(Codes.LOINC, Codes.RESTING_HEART_RATE);
        rate.getCode().addCoding(new Coding(Codes.LOINC, Codes.RESPIRATORY_RATE, null));
        assertThat(ImposedProfiles.of(rate))
                .containsExactly(Canonicals.RESTING_HEART_RATE, Canonicals.RESPIRATORY_RATE);
    }

    @Test
    void allElseIsPlainR4() {
        assertThat(Stream.of(new Immunization(), new Binary(), coded(Codes.LOINC, "789-8"), new Observation())
                        .map(ImposedProfiles::of))
                .containsOnly(List.of());
    }

    private static Observation coded(String system, String code) {
        return new Observation().setCode(concept(system, code));
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
