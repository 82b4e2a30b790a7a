package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import eu.sinusnode.profiles.RiskInputCodes;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.OwnTables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules ask of a record beside readings: what leaves of it, and what consent withholds of it. */
class RiskInputsIT extends RiskInputsOfTwo {

    /** Names, address, notes and everything that no rule asks for stay where they are. */
    @Test
    void onlyWhatRulesAskForLeaves() throws Exception {
        permitAll(ADA);
        tables.create(storage, patient(ADA), failure(ADA), betaBlocker(ADA), cholesterol(ADA, "5.40", "2026-10-01"));

        List<JsonNode> given = given();

        assertThat(given)
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        canonical("""
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"1"},"birthDate":"1960-02-29","gender":"male",
                "address":[{"use":"home","country":"DE"}]}""".formatted(ADA)),
                        canonical("""
                {"resourceType":"Condition","id":"%s","meta":{"versionId":"1"},
                "clinicalStatus":{"coding":[{"code":"active"}]},"verificationStatus":{},
                "code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"I50.13","extension":[
                {"url":"http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit","valueCoding":{"code":"G"}}]}]},
                "onsetDateTime":"2021-05","recordedDate":"2021-06-01"}""".formatted(id("failure", ADA))),
                        canonical("""
                {"resourceType":"MedicationRequest","id":"%s","meta":{"versionId":"1"},
                "medicationCodeableConcept":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/atc","code":"C07AB07"}]}}
                """.formatted(id("drug", ADA))),
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"http://loinc.org","code":"14647-2"}]},"effectiveDateTime":"2026-10-01",
                "valueQuantity":{"value":5.40,"system":"http://unitsofmeasure.org","code":"mmol/L"}}
                """.formatted(id("cholesterol2026-10-01", ADA))));
    }

    @Test
    void limitsOfAnActiveGoalLeaveAndNoOtherGoalDoes() throws Exception {
        permitAll(ADA);
        Goal aim = limits(ADA);
        aim.setId("Goal/" + id("aim", ADA) + "/_history/1");
        aim.setCategory(List.of());
        Goal proposed = limits(ADA);
        proposed.setId("Goal/" + id("proposed", ADA) + "/_history/1");
        proposed.setLifecycleStatus(Goal.GoalLifecycleStatus.PROPOSED);

        tables.create(storage, limits(ADA), aim, proposed);

        assertThat(given()).extracting(JsonNode::toString).containsExactly(canonical("""
                {"resourceType":"Goal","id":"%s","meta":{"versionId":"1"},"lifecycleStatus":"active",
                "category":[{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/goal-category","code":"alert-limit"}]}],
                "target":[{"measure":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
                "detailRange":{"high":{"value":160,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}}]}
                """.formatted(id("limits", ADA))));
    }

    @Test
    void whatNoRuleAsksForDoesNotLeave() throws Exception {
        permitAll(ADA);
        Condition other = failure(ADA);
        other.getCode().setCoding(List.of(new Coding(Codes.ICD_10_GM, "F20.0", "Schizophrenie")));
        MedicationRequest statin = betaBlocker(ADA);
        statin.getMedicationCodeableConcept().setCoding(List.of(new Coding(ATC, "C10AA05", null)));
        MedicationRequest stopped = betaBlocker(ADA);
        stopped.setId("MedicationRequest/" + id("stopped", ADA) + "/_history/1");
        stopped.setStatus(MedicationRequest.MedicationRequestStatus.STOPPED);
        MedicationRequest proposed = betaBlocker(ADA);
        proposed.setId("MedicationRequest/" + id("proposed", ADA) + "/_history/1");
        proposed.setIntent(MedicationRequest.MedicationRequestIntent.PROPOSAL);
        Observation wrong = cholesterol(ADA, "5.4", "2026-10-01");
        wrong.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        Observation unread = cholesterol(ADA, "5.4", "2026-10-02");
        unread.setValue(null);
        Observation potassium = observation(ADA, "potassium", LaboratoryCodes.POTASSIUM, "2026-10-02");
        potassium.setValue(quantity("4.1", "mmol/L"));

        tables.create(storage, other, statin, stopped, proposed, wrong, unread, potassium);

        assertThat(given()).isEmpty();
        assertThat(tables.jdbc().queryForObject("SELECT count(*) FROM sinusnode.risk_input", Long.class))
                .isZero();
    }

    /** It may be any drug, and a reader who does not hear of it would take it for none. */
    @Test
    void aDrugThatIsNotCodedIsGivenWithoutItsWords() throws Exception {
        permitAll(ADA);
        MedicationRequest words = betaBlocker(ADA);
        words.setMedication(new CodeableConcept().setText("Herztropfen"));

        tables.create(storage, words);

        assertThat(given()).singleElement().satisfies(one -> assertThat(one.toString())
                .contains("MedicationRequest", id("drug", ADA))
                .doesNotContain("Herztropfen"));
    }

    @Test
    void theNewestOfEachCodeIsGiven() throws Exception {
        permitAll(ADA);
        tables.create(
                storage,
                cholesterol(ADA, "5.1", "2025"),
                cholesterol(ADA, "5.2", "2026-03"),
                cholesterol(ADA, "5.3", "2026-03-02"),
                cholesterol(ADA, "5.4", "2026-03-02T01:00:00+01:30"),
                cholesterol(ADA, "5.5", "2026-03-01T23:59:00Z"),
                smoking(ADA, "266919005"));

        assertThat(given())
                .extracting(one -> one.at("/valueQuantity/value").asText())
                .containsExactlyInAnyOrder("5.3", "");
    }

    @Test
    void aTimeThatIsNoneDatesNothingAndHindersNoWrite() throws Exception {
        permitAll(ADA);
        tables.create(storage, cholesterol(ADA, "5.1", "0000-01-01"));
        assertThat(given()).isEmpty();
    }

    /** The attack: the value is there, and its Consent says no. */
    @ParameterizedTest
    @CsvSource({
        "Patient, , Patient",
        "Condition, , Condition",
        "MedicationRequest, , MedicationRequest",
        "Goal, , Goal",
        "Observation, 14647-2, 14647-2",
        "Observation, 72166-2, 72166-2",
    })
    void whatIsDeniedDoesNotLeaveAndIsNamed(String type, @Nullable String code, String named) throws Exception {
        everything(ADA);
        everything(BEN);
        permitAll(BEN);
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        Consent.ProvisionComponent deny =
                consent.getProvision().getProvisionFirstRep().addProvision().setType(Consent.ConsentProvisionType.DENY);
        deny.addClass_(new Coding(Codes.RESOURCE_TYPES, type, null));
        if (code != null) {
            deny.addCode(new CodeableConcept(new Coding(Codes.LOINC, code, null)));
        }
        tables.create(storage, consent);

        List<JsonNode> lines = lines();

        assertThat(withheld(lines, ADA)).contains(named);
        assertThat(withheld(lines, BEN)).isEmpty();
        assertThat(inputs(lines, ADA)).noneMatch(one -> isOf(one, type, code));
        assertThat(inputs(lines, BEN)).hasSize(6).anyMatch(one -> isOf(one, type, code));
    }

    @Test
    void aPermitOfOneClassOpensNoOther() throws Exception {
        everything(ADA);
        Consent consent = Consents.denying(ADA);
        Consents.permit(consent, CENTRE, Purpose.CAREMGT)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        tables.create(storage, consent);

        List<JsonNode> lines = lines();

        assertThat(withheld(lines, ADA)).contains("Patient", "Condition", "MedicationRequest", "Goal");
        assertThat(inputs(lines, ADA))
                .hasSize(2)
                .allMatch(one -> one.path("resourceType").asText().equals("Observation"));
    }

    @Test
    void aSingleRecordThatIsDeniedIsLeftOutAndItsCodeNamed() throws Exception {
        everything(ADA);
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        consent.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addData()
                .setMeaning(Consent.ConsentDataMeaning.INSTANCE)
                .setReference(new Reference("Observation/" + id("cholesterol2026-10-01", ADA)));
        tables.create(storage, consent, cholesterol(ADA, "5.9", "2025-10-01"));

        List<JsonNode> lines = lines();

        assertThat(withheld(lines, ADA)).contains(LaboratoryCodes.CHOLESTEROL);
        assertThat(inputs(lines, ADA))
                .extracting(one -> one.at("/valueQuantity/value").asText())
                .contains("5.9")
                .doesNotContain("5.4");
    }

    @Test
    void aLabelledObservationIsLeftOutWhereARuleIsAboutLabels() throws Exception {
        Observation labelled = smoking(ADA, "449868002");
        labelled.getMeta()
                .addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
        Consent consent = Consents.denying(ADA);
        Consents.permit(consent, CENTRE, Purpose.CAREMGT)
                .addSecurityLabel(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N", null));
        tables.create(storage, labelled, cholesterol(ADA, "5.4", "2026-10-01"), consent);

        List<JsonNode> lines = lines();

        assertThat(withheld(lines, ADA)).contains(Codes.SMOKING_STATUS, "Patient");
        assertThat(inputs(lines, ADA)).singleElement().satisfies(one -> assertThat(isOf(one, "Observation", "14647-2"))
                .isTrue());
    }

    /** A day has no moment: whether it lies in the permitted time is not told. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-02T00:00:00Z, true",
        "2026-10-01T23:59:59Z, false",
        "2026-11-01T00:00:00Z, false",
        "2026-10-10, false"
    })
    void aPermitOfATimeGivesWhatWasMeasuredWithinIt(String at, boolean isGiven) throws Exception {
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        consent.getProvision().getProvisionFirstRep().setDataPeriod(Consents.period("2026-10-02", "2026-10-31"));
        tables.create(storage, consent, cholesterol(ADA, "5.4", at), patient(ADA), failure(ADA));

        List<JsonNode> lines = lines();

        assertThat(inputs(lines, ADA)).hasSize(isGiven ? 1 : 0);
        assertThat(withheld(lines, ADA)).contains("14647-2", "Patient", "Condition");
    }

    @Test
    void nothingLeavesOfWhoPermitsNothing() throws Exception {
        everything(ADA);
        assertThat(lines()).extracting(line -> line.path("kind").asText()).containsExactly("end");
    }

    @Test
    void theNextReaderOfChangesHearsOfEachKindOfChange() throws Exception {
        everything(ADA);
        everything(BEN);
        permitAll(ADA);
        permitAll(BEN);
        List<Consumer<String>> changes = List.of(
                who -> tables.update(
                        storage, OwnTables.nextVersion(patient(who)).setBirthDateElement(new DateType("1961-01-01"))),
                who -> {
                    Condition refuted = OwnTables.nextVersion(failure(who));
                    refuted.getCode().setCoding(List.of(new Coding(Codes.ICD_10_GM, "Z00.0", null)));
                    tables.update(storage, refuted);
                },
                who -> tables.update(
                        storage,
                        OwnTables.nextVersion(betaBlocker(who))
                                .setStatus(MedicationRequest.MedicationRequestStatus.STOPPED)),
                who -> tables.update(
                        storage,
                        OwnTables.nextVersion(limits(who)).setLifecycleStatus(Goal.GoalLifecycleStatus.COMPLETED)),
                who -> tables.create(storage, cholesterol(who, "6.1", "2026-11-01")),
                who -> tables.delete(storage, smoking(who, "449868002")));
        for (Consumer<String> change : changes) {
            long sequence = lines().get(lines().size() - 1).path("sequence").asLong();
            change.accept(BEN);
            assertThat(read(sequence).stream()
                            .filter(line -> line.path("kind").asText().equals("patient"))
                            .map(line -> line.path("patient").asText()))
                    .containsExactly(BEN);
        }
        assertThat(inputs(lines(), BEN))
                .as("the person, and the two values of cholesterol's code as the newest")
                .extracting(one -> one.path("resourceType").asText())
                .containsExactly("Observation", "Patient");
    }

    @Test
    void theTableOfCodesIsThatOfTheProfiles() {
        Map<String, TreeSet<String>> stored =
                tables.jdbc().queryForList("SELECT system, code FROM sinusnode.risk_input_code").stream()
                        .collect(Collectors.groupingBy(
                                row -> String.valueOf(row.get("system")),
                                Collectors.mapping(
                                        row -> String.valueOf(row.get("code")),
                                        Collectors.toCollection(TreeSet::new))));

        RiskInputCodes.ICD_10_SYSTEMS.forEach(system ->
                assertThat(stored.get(system)).containsExactlyElementsOf(new TreeSet<>(RiskInputCodes.ICD_10)));
        RiskInputCodes.ATC_SYSTEMS.forEach(
                system -> assertThat(stored.get(system)).containsExactlyElementsOf(new TreeSet<>(RiskInputCodes.ATC)));
        assertThat(stored.get(Codes.SNOMED)).containsExactlyElementsOf(new TreeSet<>(RiskInputCodes.SNOMED));
        assertThat(stored.get(Codes.LOINC)).containsExactlyElementsOf(new TreeSet<>(RiskInputCodes.LOINC));
        assertThat(stored.get(Canonicals.OBSERVATION_CODES))
                .containsExactlyElementsOf(Stream.of(RiskInputCodes.FINDINGS, RiskInputCodes.ADHERENCE)
                        .flatMap(Set::stream)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(stored).hasSize(7);
    }

    /** Codes of this project, a truth value, and a test that took its time: as old as its beginning. */
    @Test
    void findingsForCoronaryRiskAreGiven() throws Exception {
        permitAll(ADA);
        Observation pain = finding(ADA, Codes.CHEST_PAIN_TYPE);
        pain.setEffective(new DateTimeType("2026-10-01"));
        pain.setValue(new CodeableConcept(new Coding(Canonicals.CHEST_PAIN_TYPES, Codes.ATYPICAL_ANGINA, "words")));
        tables.create(storage, pain, exerciseAngina(ADA), otherSystem(ADA));

        assertThat(given())
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"chest-pain-type"}]},"effectiveDateTime":"2026-10-01",
                "valueCodeableConcept":{"coding":[{"system":"%s","code":"atypical-angina","display":"words"}]}}
                """.formatted(
                                id("chest-pain-type", ADA), Canonicals.OBSERVATION_CODES, Canonicals.CHEST_PAIN_TYPES)),
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"exercise-angina"}]},"effectiveDateTime":"2026-10-02T09:00:00+02:00",
                "valueBoolean":false}""".formatted(id("exercise-angina", ADA), Canonicals.OBSERVATION_CODES)));
    }

    /** The attack: a finding that is denied by its code of this project, or that a permit of some time cannot cover. */
    @Test
    void aFindingThatIsDeniedDoesNotLeaveAndIsNamed() throws Exception {
        tables.create(storage, exerciseAngina(ADA), exerciseAngina(BEN));
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        consent.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addCode(new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, Codes.EXERCISE_ANGINA, null)));
        Consent within = Consents.permitting(BEN, CENTRE, Purpose.CAREMGT);
        within.getProvision().getProvisionFirstRep().setDataPeriod(Consents.period("2026-10-01", "2026-10-31"));
        tables.create(storage, consent, within);

        List<JsonNode> lines = lines();

        for (String patient : List.of(ADA, BEN)) {
            assertThat(inputs(lines, patient)).isEmpty();
            assertThat(withheld(lines, patient)).contains(Codes.EXERCISE_ANGINA);
        }
    }

    private static Observation finding(String patient, String code) {
        Observation finding = observation(patient, code, code, "2026-10-02");
        finding.getCode().getCodingFirstRep().setSystem(Canonicals.OBSERVATION_CODES);
        return finding;
    }

    private static Observation exerciseAngina(String patient) {
        Observation angina = finding(patient, Codes.EXERCISE_ANGINA);
        angina.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-10-02T09:00:00+02:00"))
                .setEndElement(new DateTimeType("2026-10-02T09:30:00+02:00")));
        angina.setValue(new BooleanType(false));
        return angina;
    }

    /** The same code of somebody else's system means something else. */
    private static Observation otherSystem(String patient) {
        Observation other = observation(patient, "other", Codes.EXERCISE_ANGINA, "2026-10-02");
        other.setValue(new BooleanType(true));
        return other;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"resourceType\":\"Condition\",\"code\":{}}",
                "{\"subject\":{\"reference\":\"Patient/x\"}}"
            })
    void aResourceWithoutMuchIsNothing(String json) {
        for (String type : List.of("Condition", "Observation", "Task")) {
            assertThat(tables.jdbc()
                            .queryForObject(
                                    "SELECT said IS NULL FROM sinusnode.risk_input_of(?, ?::jsonb)",
                                    Boolean.class,
                                    type,
                                    json))
                    .isTrue();
        }
    }
}
