package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import eu.sinusnode.profiles.RiskInputCodes;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.LabelledObservationProjection;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.PermitProjection;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules ask of a record beside readings: what leaves of it, and what consent withholds of it. */
class RiskInputsIT {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String CENTRE = "00000000-0000-4000-8000-0000000000c0";
    private static final String ADA = "0a000000-0000-4000-8000-000000000001";
    private static final String BEN = "9b000000-0000-4000-8000-000000000002";
    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";

    private static OwnTables tables;

    private ProjectionInterceptor storage = new ProjectionInterceptor(List.of());

    @BeforeAll
    static void migrate() {
        tables = OwnTables.migrated();
    }

    @BeforeEach
    void empty() {
        tables.jdbc()
                .execute("TRUNCATE sinusnode.directive, sinusnode.vital_reading, sinusnode.reading_change,"
                        + " sinusnode.labelled_observation, sinusnode.risk_input");
        storage = new ProjectionInterceptor(List.of(
                new RiskInputProjection(new RiskInputTable(tables.transaction())),
                new LabelledObservationProjection(tables.transaction()),
                new PermitProjection(tables.transaction(), new ConsentCompiler(ZoneOffset.UTC))));
    }

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

    /** The newest of each prescription, in whichever plan it stands; without the plan, its name and why it is not computable. */
    @Test
    void adherenceOfEachPrescriptionIsGiven() throws Exception {
        permitAll(ADA);
        Observation unknown = covered(ADA, "other", "2026-10-19", null);
        unknown.setDataAbsentReason(new CodeableConcept().setText("geheim"));
        tables.create(
                storage,
                covered(ADA, "drug", "2026-10-12", "50.0"),
                covered(ADA, "drug", "2026-10-19", "75.0"),
                unknown,
                kept(ADA));

        assertThat(given())
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"days-covered"}]},
                "basedOn":[{"reference":"MedicationRequest/%s"}],
                "effectivePeriod":{"start":"2026-10-19","end":"2026-11-15"},
                "valueQuantity":{"value":75.0,"system":"http://unitsofmeasure.org","code":"%%"}}
                """.formatted(
                                        id("drug2026-10-19", ADA), Canonicals.OBSERVATION_CODES, id("drug", ADA))),
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"days-covered"}]},
                "basedOn":[{"reference":"MedicationRequest/%s"}],
                "effectivePeriod":{"start":"2026-10-19","end":"2026-11-15"}}
                """.formatted(
                                        id("other2026-10-19", ADA), Canonicals.OBSERVATION_CODES, id("other", ADA))),
                        canonical("""
                {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},
                "code":{"coding":[{"system":"%s","code":"measurements-kept"}]},
                "basedOn":[{"reference":"ServiceRequest/%s"}],"derivedFrom":[{"reference":"Observation/%s"}],
                "effectivePeriod":{"start":"2026-10-19","end":"2026-11-15"},
                "valueQuantity":{"value":42.9,"system":"http://unitsofmeasure.org","code":"%%"}}
                """.formatted(
                                id("kept", ADA), Canonicals.OBSERVATION_CODES, id("order", ADA), id("weight", ADA))));
    }

    /** The attack: a figure that is denied by its code, and one that a permit of some time cannot cover. */
    @Test
    void adherenceThatIsDeniedDoesNotLeaveAndIsNamed() throws Exception {
        tables.create(storage, covered(ADA, "drug", "2026-10-19", "75.0"), covered(BEN, "drug", "2026-10-19", "75.0"));
        Consent consent = Consents.permitting(ADA, CENTRE, Purpose.CAREMGT);
        consent.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addCode(new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, Codes.DAYS_COVERED, null)));
        Consent within = Consents.permitting(BEN, CENTRE, Purpose.CAREMGT);
        within.getProvision().getProvisionFirstRep().setDataPeriod(Consents.period("2026-10-01", "2026-11-30"));
        tables.create(storage, consent, within);

        List<JsonNode> lines = lines();

        for (String patient : List.of(ADA, BEN)) {
            assertThat(inputs(lines, patient)).isEmpty();
            assertThat(withheld(lines, patient)).contains(Codes.DAYS_COVERED);
        }
    }

    /** The attack: a figure of a prescription that few may see would close the flag to the rest, or tell them. */
    @Test
    void adherenceThatIsLabelledDoesNotLeaveAndIsNamedWhoeverPermitsIt() throws Exception {
        permitAll(ADA);
        permitAll(BEN);
        Observation labelled = covered(ADA, "drug", "2026-10-19", "75.0");
        labelled.getMeta()
                .addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
        Observation smoking = smoking(ADA, "449868002");
        smoking.getMeta()
                .addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null));
        tables.create(storage, labelled, smoking, kept(ADA), covered(BEN, "drug", "2026-10-19", "75.0"));

        List<JsonNode> lines = lines();

        assertThat(withheld(lines, ADA)).containsExactly(Codes.DAYS_COVERED);
        assertThat(inputs(lines, ADA))
                .extracting(one -> one.path("id").asText())
                .containsExactlyInAnyOrder(id("kept", ADA), id("smoking", ADA));
        assertThat(withheld(lines, BEN)).isEmpty();
        assertThat(inputs(lines, BEN)).hasSize(1);
    }

    @Test
    void theNextReaderHearsOfAdherenceThatIsWrittenOrDeleted() throws Exception {
        permitAll(ADA);
        permitAll(BEN);
        Observation covered = covered(BEN, "drug", "2026-10-19", "75.0");
        for (Runnable change :
                List.<Runnable>of(() -> tables.create(storage, covered), () -> tables.delete(storage, covered))) {
            long sequence = lines().get(lines().size() - 1).path("sequence").asLong();
            change.run();
            assertThat(read(sequence).stream()
                            .filter(line -> line.path("kind").asText().equals("patient"))
                            .map(line -> line.path("patient").asText()))
                    .containsExactly(BEN);
        }
        assertThat(inputs(lines(), BEN)).isEmpty();
    }

    private static Observation covered(String patient, String prescription, String from, @Nullable String percent) {
        return adherence(
                patient,
                prescription + from,
                Codes.DAYS_COVERED,
                "MedicationRequest/" + id(prescription, patient),
                from,
                percent);
    }

    private static Observation kept(String patient) {
        Observation kept = adherence(
                patient,
                "kept",
                Codes.MEASUREMENTS_KEPT,
                "ServiceRequest/" + id("order", patient),
                "2026-10-19",
                "42.9");
        kept.addDerivedFrom(new Reference("Observation/" + id("weight", patient)));
        return kept;
    }

    /** Of 28 days, in a plan of its own. */
    private static Observation adherence(
            String patient, String name, String code, String of, String from, @Nullable String percent) {
        Observation adherence = observation(patient, name, code, from);
        adherence.getCode().setText("geheim").getCodingFirstRep().setSystem(Canonicals.OBSERVATION_CODES);
        adherence.addBasedOn(new Reference("CarePlan/" + id(name + "plan", patient)));
        adherence.addBasedOn(new Reference(of));
        adherence.setEffective(new Period()
                .setStartElement(new DateTimeType(from))
                .setEndElement(new DateTimeType(
                        java.time.LocalDate.parse(from).plusDays(27).toString())));
        return percent == null ? adherence : adherence.setValue(quantity(percent, "%"));
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

    private void permitAll(String patient) {
        tables.create(storage, Consents.permitting(patient, CENTRE, Purpose.CAREMGT));
    }

    private void everything(String patient) {
        tables.create(
                storage,
                patient(patient),
                failure(patient),
                betaBlocker(patient),
                limits(patient),
                cholesterol(patient, "5.4", "2026-10-01"),
                smoking(patient, "449868002"));
    }

    private static String id(String name, String patient) {
        return java.util
                .UUID
                .nameUUIDFromBytes((name + patient).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Patient patient(String id) {
        Patient patient = new Patient();
        patient.setId("Patient/" + id + "/_history/1");
        patient.addName().setFamily("Zaunkönig").addGiven("Ada");
        patient.setGender(AdministrativeGender.MALE).setBirthDateElement(new DateType("1960-02-29"));
        patient.addAddress()
                .setUse(org.hl7.fhir.r4.model.Address.AddressUse.HOME)
                .setCity("Leipzig")
                .setPostalCode("04109")
                .setCountry("DE");
        return patient;
    }

    private static Condition failure(String patient) {
        Condition condition = new Condition();
        condition.setId("Condition/" + id("failure", patient) + "/_history/1");
        condition.setSubject(new Reference("Patient/" + patient));
        Coding code = condition.getCode().setText("Herzinsuffizienz").addCoding();
        code.setSystem(Codes.ICD_10_GM).setVersion("2026").setCode("I50.13").setDisplay("NYHA III");
        code.addExtension("http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit", new Coding().setCode("G"));
        condition.getClinicalStatus().addCoding().setCode("active");
        condition.setOnset(new DateTimeType("2021-05")).setRecordedDateElement(new DateTimeType("2021-06-01"));
        condition.addNote().setText("geheim");
        return condition;
    }

    private static MedicationRequest betaBlocker(String patient) {
        MedicationRequest request = new MedicationRequest();
        request.setId("MedicationRequest/" + id("drug", patient) + "/_history/1");
        request.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
        request.setSubject(new Reference("Patient/" + patient));
        request.setMedication(new CodeableConcept(new Coding(ATC, "C07AB07", "Bisoprolol")).setText("Bisoprolol"));
        return request;
    }

    private static Goal limits(String patient) {
        Goal goal = new Goal();
        goal.setId("Goal/" + id("limits", patient) + "/_history/1");
        goal.setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE);
        goal.addCategory().addCoding(new Coding(Canonicals.GOAL_CATEGORIES, Codes.ALERT_LIMIT, "words"));
        goal.getDescription().setText("geheim");
        goal.setSubject(new Reference("Patient/" + patient));
        Goal.GoalTargetComponent target = goal.addTarget();
        target.setMeasure(new CodeableConcept(new Coding(Codes.LOINC, Codes.SYSTOLIC, "words")));
        target.setDetail(new Range().setHigh(quantity("160", "mm[Hg]")));
        goal.addNote().setText("geheim");
        return goal;
    }

    private static Observation cholesterol(String patient, String value, String at) {
        Observation observation = observation(patient, "cholesterol" + at, LaboratoryCodes.CHOLESTEROL, at);
        observation.setValue(quantity(value, "mmol/L"));
        return observation;
    }

    private static Observation smoking(String patient, String snomed) {
        Observation observation = observation(patient, "smoking", Codes.SMOKING_STATUS, "2026-09-01");
        observation.setValue(new CodeableConcept(new Coding(Codes.SNOMED, snomed, null)));
        return observation;
    }

    private static Observation observation(String patient, String name, String loinc, String at) {
        Observation observation = new Observation();
        observation.setId("Observation/" + id(name, patient) + "/_history/1");
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setSubject(new Reference("Patient/" + patient));
        observation.getCode().addCoding(new Coding(Codes.LOINC, loinc, "words"));
        observation.setEffective(new DateTimeType(at));
        observation.addNote().setText("geheim");
        return observation;
    }

    private static Quantity quantity(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit("words")
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }

    private static boolean isOf(JsonNode one, String type, @Nullable String code) {
        return one.path("resourceType").asText().equals(type)
                && (code == null || one.at("/code/coding/0/code").asText().equals(code));
    }

    private static List<String> withheld(List<JsonNode> lines, String patient) {
        return lines.stream()
                .filter(line -> line.path("kind").asText().equals("patient")
                        && line.path("patient").asText().equals(patient))
                .flatMap(line -> Stream.iterate(0, i -> i + 1)
                        .limit(line.path("withheld").size())
                        .map(i -> line.path("withheld").path(i).asText()))
                .toList();
    }

    private static List<JsonNode> inputs(List<JsonNode> lines, String patient) {
        return lines.stream()
                .filter(line -> line.path("kind").asText().equals("input")
                        && line.path("patient").asText().equals(patient))
                .map(line -> line.path("resource"))
                .toList();
    }

    private static List<JsonNode> given() throws Exception {
        List<JsonNode> given = new ArrayList<>();
        for (JsonNode one : inputs(lines(), ADA)) {
            given.add(new ObjectMapper().readTree(canonical(one.toString())));
        }
        return given;
    }

    private static String canonical(String json) throws Exception {
        ObjectMapper mapper = new ObjectMapper()
                .enable(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        return mapper.writeValueAsString(mapper.treeToValue(mapper.readTree(json), Object.class));
    }

    private static List<JsonNode> lines() throws Exception {
        return read(null);
    }

    private static List<JsonNode> read(@Nullable Long since) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ReadingCursor(tables.dataSource(), (connection, patients) -> Map.of())
                .read(
                        new ReadingRange(CENTRE, Purpose.CAREMGT, Relationship.NONE_NEEDED, null, null, 10, since, NOW),
                        new NdjsonReadings(out));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
