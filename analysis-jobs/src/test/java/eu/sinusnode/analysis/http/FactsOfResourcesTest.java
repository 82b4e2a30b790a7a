package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.facts.AdherenceFigure;
import eu.sinusnode.analysis.facts.Dated;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.LaboratoryValue;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.facts.PersonalLimits.Limit;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.facts.Smoking;
import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsOfResourcesTest {

    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    private static final String CERTAINTY = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit";

    private static Condition condition(String id, String system, String code) {
        Condition condition = new Condition();
        condition.setId(id);
        condition.getMeta().setVersionId("3");
        condition.getCode().addCoding(new Coding(system, code, null));
        return condition;
    }

    private static PatientFacts facts(Resource... resources) {
        return FactsOfResources.ofAll(Arrays.stream(resources)
                .map(resource -> FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource))
                .map(FactsOfResourcesTest::json)
                .toList());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Recorded<Diagnosis> diagnoses(Condition... conditions) {
        return facts(conditions).diagnoses();
    }

    @Test
    void diagnosesByIcd10AndSnomedWithTheVersionsThatNameThem() {
        Recorded<Diagnosis> recorded = diagnoses(
                condition("a", Codes.ICD_10_GM, "I50.13"),
                condition("b", "http://hl7.org/fhir/sid/icd-10", "I48"),
                condition("c", Codes.SNOMED, "84114007"),
                condition("d", "http://example.org/own", "I10"));

        assertThat(recorded.isRead()).isTrue();
        assertThat(recorded.found()).containsOnlyKeys(Diagnosis.HEART_FAILURE, Diagnosis.ATRIAL_FIBRILLATION);
        assertThat(recorded.references(Diagnosis.HEART_FAILURE))
                .containsExactly("Condition/a/_history/3", "Condition/c/_history/3");
    }

    @ParameterizedTest
    @CsvSource({
        "confirmed, active, true",
        "confirmed, recurrence, true",
        "confirmed, resolved, false",
        "confirmed, inactive, false",
        "refuted, active, false",
        "entered-in-error, active, false",
        "provisional, active, false",
        "differential, active, false",
    })
    void whatIsNotConfirmedOrIsOverDoesNotCount(String verification, String clinical, boolean expected) {
        Condition failure = condition("a", Codes.ICD_10_GM, "I50.13");
        failure.setVerificationStatus(new CodeableConcept(new Coding("s", verification, null)));
        failure.setClinicalStatus(new CodeableConcept(new Coding("s", clinical, null)));

        assertThat(diagnoses(failure).has(Diagnosis.HEART_FAILURE)).isEqualTo(expected);
    }

    @Test
    void aStrokeThatIsOverIsStillAStroke() {
        Condition stroke = condition("a", Codes.ICD_10_GM, "I63.9");
        stroke.setClinicalStatus(new CodeableConcept(new Coding("s", "resolved", null)));

        assertThat(diagnoses(stroke).has(Diagnosis.STROKE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"G, true", "Z, true", "V, false", "A, false"})
    void theGermanCertaintyOfADiagnosisIsHeard(String certainty, boolean expected) {
        Condition failure = condition("a", Codes.ICD_10_GM, "I50.13");
        failure.getCode().getCodingFirstRep().addExtension(CERTAINTY, new Coding("s", certainty, null));

        assertThat(diagnoses(failure).has(Diagnosis.HEART_FAILURE)).isEqualTo(expected);
    }

    private static MedicationRequest request(String id, String... atc) {
        MedicationRequest request = new MedicationRequest();
        request.setId(id);
        request.getMeta().setVersionId("1");
        CodeableConcept drug = new CodeableConcept();
        Arrays.stream(atc).forEach(code -> drug.addCoding(new Coding(ATC, code, null)));
        return request.setMedication(drug.setText("drug"));
    }

    @Test
    void drugsByAtc() {
        Recorded<DrugClass> drugs =
                facts(request("a", "C07AB07"), request("b", "C10AA05")).drugs();

        assertThat(drugs.isRead()).isTrue();
        assertThat(drugs.found()).containsOnlyKeys(DrugClass.BETA_BLOCKER);
        assertThat(drugs.references(DrugClass.BETA_BLOCKER)).containsExactly("MedicationRequest/a/_history/1");
        assertThat(facts().drugs().isRead()).isTrue();
    }

    @Test
    void aDrugThatCannotBeToldLeavesOpenWhatIsAbsent() {
        MedicationRequest referenced = new MedicationRequest();
        referenced.setId("MedicationRequest/c/_history/1");
        referenced.setMedication(new Reference("Medication/1"));

        for (MedicationRequest unclear : List.of(referenced, request("d"))) {
            Recorded<DrugClass> drugs = facts(request("a", "C07AB07"), unclear).drugs();
            assertThat(drugs.isRead()).isFalse();
            assertThat(drugs.has(DrugClass.BETA_BLOCKER)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2021-05-03, 2021-05-03",
        "2021-05, 2021-05-31",
        "2021, 2021-12-31",
        "2021-05-03T23:59:00+02:00, 2021-05-03",
    })
    void heartFailureIsKnownForSureFromTheLastDayThatItsOnsetMayBe(String onset, LocalDate since) {
        Condition failure = condition("a", Codes.ICD_10_GM, "I50.13");
        failure.setOnset(new DateTimeType(onset));
        failure.setRecordedDateElement(new DateTimeType("2024-01-01"));
        Condition later = condition("b", Codes.ICD_10_GM, "I42.0");
        later.setRecordedDateElement(new DateTimeType("2023-01-01"));
        Condition other = condition("c", Codes.ICD_10_GM, "I10.90");
        other.setRecordedDateElement(new DateTimeType("2001-01-01"));

        assertThat(facts(later, failure, other).heartFailureSince()).isEqualTo(since);
        assertThat(facts(later).heartFailureSince()).isEqualTo("2023-01-01");
        assertThat(facts(other).heartFailureSince()).isNull();
    }

    private static PatientFacts person(String elements) {
        return FactsOfResources.of(
                json("{'resourceType':'Patient','id':'p','meta':{'versionId':'7'}" + elements + "}"));
    }

    @Test
    void thePersonWithTheVersionThatSaysSo() {
        PatientFacts facts =
                person(",'birthDate':'1960-02-29','gender':'female','address':[{'use':'home','country':'DE'},"
                        + "{'use':'old','country':'FR'},{'country':'DE'}]");

        assertThat(facts.person()).isEqualTo("Patient/p/_history/7");
        assertThat(facts.born()).isEqualTo("1960-02-29");
        assertThat(facts.sex()).isEqualTo(Sex.FEMALE);
        assertThat(facts.country()).isEqualTo("DE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",'birthDate':'1960','gender':'other'",
                ",'birthDate':'1960-02','gender':'unknown','address':[]",
                ",'birthDate':'1960-02-31','address':[{'country':'DE'},{'country':'FR'}]",
            })
    void whatIsNotSureOfThePersonIsNotKnown(String elements) {
        PatientFacts facts = person(elements);

        assertThat(facts.born()).isNull();
        assertThat(facts.sex()).isNull();
        assertThat(facts.country()).isNull();
    }

    private static PatientFacts observation(String elements) {
        return FactsOfResources.of(
                json("{'resourceType':'Observation','id':'o','meta':{'versionId':'2'}" + elements + "}"));
    }

    private static String coded(String loinc, String at) {
        return ",'code':{'coding':[{'system':'http://loinc.org','code':'%s'}]},'effectiveDateTime':'%s'"
                .formatted(loinc, at);
    }

    @ParameterizedTest
    @CsvSource({
        "'{''value'':5.40,''system'':''http://unitsofmeasure.org'',''code'':''mmol/L''}', mmol/L",
        "'{''value'':5.4,''system'':''http://unitsofmeasure.org'',''code'':''mg/dL''}', mg/dL",
        "'{''value'':5.4,''system'':''http://example.org'',''code'':''mmol/L''}', ''",
        "'{''value'':5.4,''unit'':''mmol/L''}', ''",
        "'{''value'':5.4,''comparator'':''<'',''system'':''http://unitsofmeasure.org'',''code'':''mmol/L''}', ''",
    })
    void aValueHasTheUnitThatIsStatedInUcum(String quantity, String unit) {
        assertThat(observation(coded("14647-2", "2026-03") + ",'valueQuantity':" + quantity)
                        .laboratory())
                .containsExactly(new LaboratoryValue(
                        "14647-2", LocalDate.of(2026, 3, 1), 5.4, unit, "Observation/o/_history/2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",'valueQuantity':{'code':'mmol/L'}", ",'valueString':'5.4'", ""})
    void whatIsNoNumberIsNoValue(String value) {
        assertThat(observation(coded("14647-2", "2026-03-01") + value)).isEqualTo(PatientFacts.NONE);
        assertThat(observation(coded("14647-2", "soon") + ",'valueQuantity':{'value':5.4}"))
                .isEqualTo(PatientFacts.NONE);
    }

    private static String finding(String code, String value) {
        return ",'code':{'coding':[{'system':'https://sinusnode.eu/fhir/CodeSystem/observation-code','code':'%s'}]},%s"
                .formatted(code, value);
    }

    @Test
    void findingsForCoronaryRiskCountAsNumbers() {
        String period = ",'effectivePeriod':{'start':'2026-03-02T09:00:00+01:00','end':'2026-03-03T09:00:00+01:00'}";
        String pain =
                "'valueCodeableConcept':{'coding':[{'system':'https://sinusnode.eu/fhir/CodeSystem/chest-pain-type','code':'%s'}]}";

        assertThat(observation(finding("exercise-angina", "'valueBoolean':false") + period)
                        .laboratory())
                .containsExactly(value("exercise-angina", 0, "1"));
        assertThat(observation(finding("exercise-angina", "'valueBoolean':true") + period)
                        .laboratory())
                .containsExactly(value("exercise-angina", 1, "1"));
        assertThat(observation(finding("chest-pain-type", pain.formatted("non-anginal-pain")) + period)
                        .laboratory())
                .containsExactly(value("chest-pain-type", 3, "1"));
        assertThat(observation(finding("chest-pain-type", pain.formatted("other")) + period)
                        .laboratory())
                .isEmpty();
        assertThat(observation(finding("chest-pain-type", "'valueBoolean':true") + period)
                        .laboratory())
                .isEmpty();
        assertThat(observation(finding(
                                        "exercise-st-depression",
                                        "'valueQuantity':{'value':0.15,'system':'http://unitsofmeasure.org','code':'mV'}")
                                + period)
                        .laboratory())
                .containsExactly(value("exercise-st-depression", 0.15, "mV"));
    }

    private static LaboratoryValue value(String code, double number, String unit) {
        return new LaboratoryValue(code, LocalDate.of(2026, 3, 2), number, unit, "Observation/o/_history/2");
    }

    @Test
    void smokingAndNyhaByTheirCodes() {
        String value = ",'valueCodeableConcept':{'coding':[%s]}";
        String current = "{'system':'http://snomed.info/sct','code':'449868002'}";
        String never = "{'system':'http://snomed.info/sct','code':'266919005'}";

        assertThat(observation(coded("72166-2", "2026-03-02") + value.formatted(current))
                        .smoking())
                .isEqualTo(new Dated<>(Smoking.CURRENT, LocalDate.of(2026, 3, 2), "Observation/o/_history/2"));
        assertThat(observation(coded("72166-2", "2026-03-02") + value.formatted(current + "," + never))
                        .smoking())
                .as("two answers are none")
                .isNull();
        assertThat(observation(coded("88020-3", "2026-03-02")
                                + value.formatted("{'system':'http://snomed.info/sct','code':'420913000'}"))
                        .nyha())
                .isEqualTo(new Dated<>(3, LocalDate.of(2026, 3, 2), "Observation/o/_history/2"));
        assertThat(observation(coded("88020-3", "2026-03-02") + value.formatted(current)))
                .isEqualTo(PatientFacts.NONE);
    }

    @Test
    void limitsAreThoseOfAnActiveGoalOfTheirCategory() {
        assertThat(said("Goal", goal("active", "alert-limit", "8480-6", "'high':" + mmHg(160)))
                        .limits()
                        .set())
                .containsExactly(new Limit(Codes.SYSTOLIC, null, 160.0, "Goal/o/_history/2"));
        assertThat(said("Goal", goal("completed", "alert-limit", "8480-6", "'high':" + mmHg(160))))
                .isEqualTo(PatientFacts.NONE);
        assertThat(said("Goal", goal("active", "dietary", "8480-6", "'high':" + mmHg(160))))
                .as("a target of the therapy is no limit")
                .isEqualTo(PatientFacts.NONE);
    }

    @Test
    void aLimitInAnotherUnitSetsNothing() {
        String kilopascal = "{'value':21,'system':'http://unitsofmeasure.org','code':'kPa'}";
        PersonalLimits limits = said("Goal", goal("active", "alert-limit", "8480-6", "'high':" + kilopascal))
                .limits();
        assertThat(limits.high(Codes.SYSTOLIC, 180)).isEqualTo(180);
    }

    private static PatientFacts said(String type, String elements) {
        return FactsOfResources.of(
                json("{'resourceType':'%s','id':'o','meta':{'versionId':'2'},%s}".formatted(type, elements)));
    }

    private static String mmHg(int value) {
        return "{'value':%d,'system':'http://unitsofmeasure.org','code':'mm[Hg]'}".formatted(value);
    }

    private static String goal(String status, String category, String loinc, String range) {
        return """
                'lifecycleStatus':'%s',
                'category':[{'coding':[{'system':'https://sinusnode.eu/fhir/CodeSystem/goal-category','code':'%s'}]}],
                'target':[{'measure':{'coding':[{'system':'http://loinc.org','code':'%s'}]},'detailRange':{%s}}]
                """.formatted(status, category, loinc, range);
    }

    /** As the server stores it, and as the stream gives it. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                {'resourceType':'Observation','id':'o','meta':{'versionId':'2'},'status':'final',
                'basedOn':[{'reference':'CarePlan/p/_history/4'},{'reference':'MedicationRequest/m/_history/3'}],
                'code':{'coding':[{'system':'https://sinusnode.eu/fhir/CodeSystem/observation-code','code':'days-covered'}],
                'text':'Bisoprolol'},'effectivePeriod':{'start':'2026-10-19','end':'2026-11-15'},
                'derivedFrom':[{'reference':'Observation/b/_history/1'},{'reference':'Observation/a'}],
                'valueQuantity':{'value':75.0,'unit':'%','system':'http://unitsofmeasure.org','code':'%'}}""", """
                {'resourceType':'Observation','id':'o','meta':{'versionId':'2'},
                'basedOn':[{'reference':'MedicationRequest/m'}],
                'code':{'coding':[{'system':'https://sinusnode.eu/fhir/CodeSystem/observation-code','code':'days-covered'}]},
                'effectivePeriod':{'start':'2026-10-19','end':'2026-11-15'},
                'derivedFrom':[{'reference':'Observation/a'},{'reference':'Observation/b'}],
                'valueQuantity':{'value':75,'system':'http://unitsofmeasure.org','code':'%'}}"""})
    void adherenceSaysWhatWasAskedForAndWhatItIsMadeOf(String observation) {
        assertThat(FactsOfResources.of(json(observation)))
                .isEqualTo(PatientFacts.NONE.withAdherence(List.of(new AdherenceFigure(
                        Codes.DAYS_COVERED,
                        List.of("MedicationRequest/m"),
                        List.of("a", "b"),
                        LocalDate.of(2026, 10, 19),
                        LocalDate.of(2026, 11, 15),
                        75.0,
                        "Observation/o/_history/2"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'dataAbsentReason':{'text':'No intake was recorded.'}",
                "'valueQuantity':{'value':75,'comparator':'<','system':'http://unitsofmeasure.org','code':'%'}",
                "'valueQuantity':{'value':75,'system':'http://unitsofmeasure.org','code':'1'}",
                "'valueQuantity':{'value':75,'code':'%'}"
            })
    void adherenceWithoutAShareIsNotComputable(String value) {
        assertThat(FactsOfResources.of(json("""
                {'resourceType':'Observation','id':'o','meta':{'versionId':'1'},%s,
                'code':{'coding':[{'system':'https://sinusnode.eu/fhir/CodeSystem/observation-code','code':'measurements-kept'}]},
                'effectivePeriod':{'start':'2026-10-19','end':'2026-11-15'}}""".formatted(value))).adherence())
                .singleElement()
                .satisfies(figure -> assertThat(figure.percent()).isNull());
    }
}
