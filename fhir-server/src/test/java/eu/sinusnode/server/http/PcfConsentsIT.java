package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Consents as IHE PCF has them: for its three purposes, and with exceptions by author and by what records belong to. Reads,
 * {@code $everything} and {@code $consent-decision} agree; searches, their totals and their conditions tell nothing of what
 * is denied.
 */
class PcfConsentsIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("pcf");
    private static final String AUTHOR = Records.id("pcf-author");
    private static final String OTHER = Records.id("pcf-other");
    private static final String ALGORITHM = Records.id("pcf-algorithm");
    private static final List<String> COUNTED = List.of("", "&_total=accurate", "&_summary=count");

    private static int people;

    @Autowired
    MeterRegistry meters;

    private String person = "";
    /** A value that no other record has. */
    private String secret = "";

    private final Map<String, String> paths = new HashMap<>();

    @BeforeEach
    void aPatientWithRecordsOfSeveralAuthors() {
        if (people == 0) {
            WORLD.clinic();
            load(Records.transaction(practitioner(AUTHOR), practitioner(OTHER)));
        }
        person = "p" + people++;
        secret = "27." + (100 + people);
        WORLD.person(person, "Verfasser", "1950-01-01", false);
        Encounter stay = stay("stay");
        Encounter secondStay = stay("second-stay");
        CarePlan plan = plan("plan");
        CarePlan secondPlan = plan("second-plan");
        Goal goal = named(new Goal(), "goal");
        goal.setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE).setSubject(patient());
        goal.setDescription(new CodeableConcept().setText("Walk"));
        Condition diagnosis = named(new Condition(), "diagnosis");
        diagnosis.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        diagnosis.setCode(new CodeableConcept().setText("Atrial fibrillation")).setSubject(patient());
        diagnosis.setRecorder(new Reference("Practitioner/" + OTHER));
        load(Records.transaction(
                stay,
                secondStay,
                plan,
                secondPlan,
                goal,
                diagnosis,
                finding("by-author", secret)
                        .addPerformer(new Reference("Practitioner/" + AUTHOR))
                        .setEncounter(new Reference(path("stay"))),
                finding("by-both", "5.5")
                        .addPerformer(new Reference("Practitioner/" + OTHER))
                        .addPerformer(new Reference("Practitioner/" + AUTHOR)),
                finding("by-other", "5.1")
                        .addPerformer(new Reference("Practitioner/" + OTHER))
                        .setEncounter(new Reference(path("second-stay"))),
                finding("by-nobody", "5.2"),
                consent()));
    }

    private static Device algorithm() {
        Device algorithm = new Device();
        algorithm.setId(ALGORITHM);
        algorithm.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(Device.DeviceNameType.MODELNAME);
        algorithm.setType(new CodeableConcept(new Coding(Codes.SNOMED, Codes.SOFTWARE, null)));
        algorithm.addVersion().setValue("1.0.0");
        return algorithm;
    }

    private Encounter stay(String name) {
        Encounter stay = named(new Encounter(), name);
        stay.setStatus(Encounter.EncounterStatus.FINISHED);
        stay.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        stay.setSubject(patient()).setPeriod(Consents.period("2026-06-01", "2026-06-02"));
        return stay;
    }

    private CarePlan plan(String name) {
        CarePlan plan = named(new CarePlan(), name);
        plan.setStatus(CarePlan.CarePlanStatus.ACTIVE).setIntent(CarePlan.CarePlanIntent.PLAN);
        plan.setTitle("Walking").setSubject(patient()).setPeriod(Consents.period("2026-05-04", null));
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS)
                .setDescription("Walk");
        plan.setAuthor(new Reference("Practitioner/" + OTHER));
        return plan;
    }

    private Consent consent() {
        Consent consent = WalkWorld.consent(WORLD.id("consent-" + person), WORLD.id(person));
        consent.getProvision().getProvision().clear();
        return consent;
    }

    private static Resource practitioner(String id) {
        Resource practitioner = Records.practitioner();
        practitioner.setId(id);
        return practitioner;
    }

    private <T extends Resource> T named(T record, String name) {
        record.setId(WORLD.id(person + "-" + name));
        paths.put(name, record.fhirType() + "/" + WORLD.id(person + "-" + name));
        return record;
    }

    private String path(String name) {
        return Objects.requireNonNull(paths.get(name), name);
    }

    private Reference patient() {
        return new Reference("Patient/" + WORLD.id(person));
    }

    private Observation finding(String name, String value) {
        Observation finding = named(new Observation(), name);
        finding.setStatus(ObservationStatus.FINAL);
        finding.addCategory(new CodeableConcept(new Coding(Codes.OBSERVATION_CATEGORY, "laboratory", null)));
        finding.setCode(new CodeableConcept(new Coding(Codes.LOINC, "14647-2", null)));
        finding.setSubject(patient());
        finding.setEffective(new DateTimeType("2026-06-01"));
        finding.setValue(new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit("mmol/L")
                .setSystem(Codes.UCUM)
                .setCode("mmol/L"));
        return finding;
    }

    /** As PCF has it: the root permits, for each of the three purposes. */
    private Consent basic() {
        Consent consent = consent();
        ProvisionComponent root = Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        root.addPurpose(new Coding(Codes.ACT_REASON, "HPAYMT", null));
        root.addPurpose(new Coding(Codes.ACT_REASON, "HOPERAT", null));
        return consent.setProvision(root);
    }

    private static void name(ProvisionComponent provision, ConsentDataMeaning meaning, String path) {
        provision.addData().setMeaning(meaning).setReference(new Reference(path));
    }

    private static ProvisionComponent deny(Consent consent) {
        return consent.getProvision().addProvision().setType(ConsentProvisionType.DENY);
    }

    private Answer store(Consent consent) {
        return put("/Consent/" + consent.getIdElement().getIdPart(), TOKENS.patient(WORLD.id(person)), consent);
    }

    private void stored(Consent consent) {
        Answer answer = store(consent);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    /** What reaches the gate in a search was not narrowed away. */
    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    /** By reads, histories, {@code $everything} and {@code $consent-decision}, these records and no others. */
    private void assertGiven(String... names) {
        List<String> given = List.of(names);
        Parameters asked = DecisionWorld.about(DecisionWorld.ask(WORLD.clinicId(), null, "TREAT"), paths.values());
        Answer decisions =
                post("/Patient/" + WORLD.id(person) + "/$consent-decision", TOKENS.patient(WORLD.id(person)), asked);
        assertThat(decisions.status()).as(decisions.body()).isEqualTo(200);
        Map<String, String> told = new HashMap<>();
        for (ParametersParameterComponent each : DecisionWorld.decisions((Parameters) decisions.resource())) {
            told.put(DecisionWorld.part(each, "resource"), DecisionWorld.part(each, "outcome"));
        }
        String system = TOKENS.clinicSystem(WORLD.clinicId());
        Answer everything = get("/Patient/" + WORLD.id(person) + "/$everything?_count=100", system);
        List<String> came = new ArrayList<>();
        if (everything.status() == 200) {
            everything
                    .bundle()
                    .getEntry()
                    .forEach(entry -> came.add(entry.getResource().fhirType() + "/"
                            + entry.getResource().getIdElement().getIdPart()));
        }
        paths.forEach((name, path) -> {
            boolean expected = given.contains(name);
            assertThat(told.get(path)).as(name).isEqualTo(expected ? "permit" : "deny");
            assertThat(get("/" + path, system).status()).as(name).isEqualTo(expected ? 200 : 404);
            assertThat(get("/" + path + "/_history/1", system).status())
                    .as(name)
                    .isEqualTo(expected ? 200 : 404);
            if (everything.status() == 200) {
                assertThat(came.contains(path)).as(name).isEqualTo(expected);
            }
        });
    }

    @Test
    void theBasicLevelOpensForItsPurposes() {
        stored(basic());
        assertGiven(paths.keySet().toArray(String[]::new));
        assertThat(total("Observation?patient=")).isEqualTo(4);
    }

    @Test
    void aPermitForOperationsAloneOpensNothing() {
        Consent consent = basic();
        consent.getProvision().getPurpose().removeIf(purpose -> !purpose.getCode()
                .equals("HOPERAT"));
        stored(consent);
        assertGiven();
        assertThat(total("Observation?patient=")).isZero();
    }

    @Test
    void whatSomebodyAuthoredAloneOrWithOthersIsDeniedAndWhatTellsNoAuthor() {
        Consent consent = basic();
        name(deny(consent), ConsentDataMeaning.AUTHOREDBY, "Practitioner/" + AUTHOR);
        stored(consent);
        assertGiven("by-other", "plan", "second-plan", "diagnosis");
        assertNothingIsTold("by-author", "by-both", "by-nobody");
    }

    /** Of the class that is named, and of no other. */
    @Test
    void anExceptionByAuthorIsLimitedToAClass() {
        Consent consent = basic();
        ProvisionComponent deny = deny(consent);
        deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null));
        name(deny, ConsentDataMeaning.AUTHOREDBY, "Practitioner/" + OTHER);
        stored(consent);
        assertGiven(
                "by-author", "by-both", "by-other", "by-nobody", "stay", "second-stay", "plan", "second-plan", "goal");
        assertThat(total("Observation?patient=")).isEqualTo(4);
        assertThat(total("Condition?patient=")).isZero();
    }

    @Test
    void whatSomebodyAuthoredAloneIsPermitted() {
        Consent consent = basic();
        name(consent.getProvision(), ConsentDataMeaning.AUTHOREDBY, "Practitioner/" + OTHER);
        stored(consent);
        assertGiven("by-both", "by-other", "plan", "second-plan", "diagnosis");
        assertNothingIsTold("by-author", "by-nobody");
    }

    @Test
    void aStayIsDeniedWithWhatNamesItAndWithWhatTellsNone() {
        Consent consent = basic();
        name(deny(consent), ConsentDataMeaning.RELATED, path("stay"));
        stored(consent);
        assertGiven("by-other", "plan", "second-plan", "second-stay");
        assertNothingIsTold("by-author", "by-both", "by-nobody");
        assertThat(total("Encounter?patient=")).isZero();
    }

    @Test
    void aStayIsPermittedWithWhatNamesIt() {
        Consent consent = basic();
        name(consent.getProvision(), ConsentDataMeaning.RELATED, path("stay"));
        stored(consent);
        assertGiven("stay", "by-author");
        assertNothingIsTold("by-other", "by-nobody", "by-both");
    }

    /** What a plan names, as an outcome perhaps, does not tell by itself whether it is of the plan. */
    @Test
    void aPlanIsDeniedWithWhatItCouldName() {
        Consent consent = basic();
        name(deny(consent), ConsentDataMeaning.RELATED, path("plan"));
        stored(consent);
        assertGiven("second-plan");
        assertNothingIsTold("by-author", "by-both", "by-nobody", "by-other");
    }

    /** It is found by a record that is open, and is closed itself: by who made it, of which its record tells nothing. */
    @Test
    void aProvenanceThatIsDeniedIsNotCountedByARecordThatIsOpen() {
        Provenance made = new Provenance();
        made.setId(WORLD.id(person + "-made"));
        made.addTarget(new Reference(path("by-other")));
        made.setRecordedElement(new InstantType("2026-06-01T10:00:00Z"));
        made.addAgent().setWho(new Reference("Device/" + ALGORITHM));
        made.addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference(path("by-nobody") + "/_history/1"));
        String withVersions = FhirContext.forR4Cached()
                .newJsonParser()
                .setStripVersionsFromReferences(false)
                .encodeResourceToString(Records.transaction(algorithm(), made));
        Answer loaded = post("", TOKENS.loader(), withVersions);
        assertThat(loaded.status()).as(loaded.body()).isEqualTo(200);
        stored(basic());
        List<String> questions = List.of(
                "Provenance?target=" + path("by-other"),
                "Provenance?target=" + path("by-other") + "&_id=" + WORLD.id(person + "-made"),
                "Provenance?target=" + path("by-other") + "," + path("by-nobody"));
        for (String question : questions) {
            assertThat(found(question)).as(question).isEqualTo(1);
        }

        Consent consent = basic();
        name(deny(consent), ConsentDataMeaning.AUTHOREDBY, "Device/" + ALGORITHM);
        stored(consent);

        assertThat(get("/" + path("by-other"), TOKENS.clinician(WORLD.clinicId()))
                        .status())
                .isEqualTo(200);
        for (String question : questions) {
            assertThat(found(question)).as(question).isZero();
        }
    }

    /** By the total and by what comes, which say the same. */
    private int found(String question) {
        String token = TOKENS.clinician(WORLD.clinicId());
        Bundle counted = get("/" + question + "&_summary=count", token).bundle();
        Bundle came = get("/" + question + "&_total=accurate", token).bundle();
        assertThat(came.getTotal())
                .isEqualTo(counted.getTotal())
                .isEqualTo(came.getEntry().size());
        return counted.getTotal();
    }

    @Test
    void whatCannotBeToldIsRefused() {
        for (ConsentDataMeaning meaning : List.of(ConsentDataMeaning.DEPENDENTS, ConsentDataMeaning.RELATED)) {
            Consent consent = basic();
            name(deny(consent), meaning, path("by-author"));
            Answer answer = store(consent);
            assertThat(answer.status()).as(meaning + answer.body()).isEqualTo(422);
        }
    }

    private int total(String search) {
        Answer answer = get(
                "/" + search + WORLD.id(person) + "&_total=accurate&_count=100", TOKENS.clinician(WORLD.clinicId()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Bundle found = answer.bundle();
        assertThat(found.getTotal()).as(search).isEqualTo(found.getEntry().size());
        return found.getTotal();
    }

    /** Whatever is asked of the Observations, the answer is the same as if these were not there. */
    private void assertNothingIsTold(String... hidden) {
        String of = "Observation?patient=" + WORLD.id(person);
        List<String> open = List.of(
                of,
                of + "&value-quantity=" + secret,
                of + "&value-quantity=gt5&_sort=-date&_count=1",
                of + "&encounter=" + path("stay"),
                of + "&encounter.class=AMB",
                of + "&_include=Observation:encounter",
                "Observation?value-quantity=" + secret,
                "Encounter?patient=" + WORLD.id(person) + "&_revinclude=Observation:encounter",
                "Encounter?_has:Observation:encounter:value-quantity=" + secret,
                "Observation?_id=" + WORLD.id(person + "-" + hidden[0]));
        for (String search : open) {
            for (String counted : COUNTED) {
                Answer answer = get("/" + search + counted, TOKENS.clinician(WORLD.clinicId()));
                assertThat(answer.status()).as(search + counted + answer.body()).isEqualTo(200);
                assertHidden(search + counted, answer.bundle(), hidden);
            }
        }
        // Who authored a record is no question that a search answers.
        List<String> closed = List.of(
                of + "&performer=Practitioner/" + AUTHOR,
                of + "&performer:missing=true",
                of + "&_include=Observation:performer");
        for (String search : closed) {
            for (String counted : COUNTED) {
                Answer answer = get("/" + search + counted, TOKENS.clinician(WORLD.clinicId()));
                assertThat(answer.status()).as(search + counted + answer.body()).isEqualTo(403);
            }
        }
    }

    private void assertHidden(String search, Bundle found, String... hidden) {
        List<String> came = found.getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
        for (String name : hidden) {
            assertThat(came).as(search).doesNotContain(WORLD.id(person + "-" + name));
        }
        if (search.contains(secret) || search.contains("_id=")) {
            assertThat(came).as(search).isEmpty();
            assertThat(found.getTotal()).as(search).isZero();
        }
    }
}
