package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Substance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single creates and updates over HTTP: who may state what of whom, and that nothing refused is stored. */
class WriteInterceptorTest {

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);
    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);
    private final Map<String, Object> anna = Callers.patient(World.ANNA);

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        server.given(Records.withId(Records.heartRate(World.DORA), "hr-dora"));
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
        server.given(Records.withId(Records.cuff(World.DORA), "cuff-dora"));
        server.given(Records.withId(Records.cuff(World.ANNA), "cuff-anna"));
        server.given(Records.withId(new Practitioner().setActive(true), "doctor"));
    }

    // What goes through

    @Test
    void clinicWritesForItsPatient() {
        Observation vital = Records.heartRate(World.ANNA);
        vital.setDevice(new Reference("Device/cuff-anna"));
        vital.addPerformer(new Reference("Practitioner/doctor"));
        Answer answer = server.post(clinic, "Observation", vital);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).as("the writer sees what it wrote").contains("8867-4");
        assertThat(server.audited).isEmpty();
    }

    @Test
    void patientWritesOwnVitalsAndConsents() {
        Observation vital = Records.bodyWeight(World.ANNA);
        vital.addPerformer(new Reference("Patient/anna"));
        assertThat(server.post(anna, "Observation", vital).status()).isEqualTo(201);
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT");
        assertThat(server.post(anna, "Consent", consent).status()).isEqualTo(201);
    }

    @Test
    void patientWithdraws() {
        server.given(Records.withId(Records.consent(World.ANNA), "consent-anna"));
        Consent withdrawn = Records.withId(Records.consent(World.ANNA), "consent-anna");
        withdrawn.setStatus(ConsentState.INACTIVE);
        assertThat(server.put(anna, "Consent/consent-anna", withdrawn).status()).isEqualTo(200);
    }

    @Test
    void jobWritesFlagsAndClinicianDecidesOnThem() {
        Map<String, Object> job = Callers.job();
        assertThat(server.post(job, "Observation", Records.flag(World.ANNA, ObservationStatus.PRELIMINARY))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(job, "Task", Records.signOff(World.ANNA, "flag-anna"))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(job, "Provenance", Records.provenance("Observation/flag-anna/_history/1"))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(job, "Device", Records.algorithm()).status()).isEqualTo(201);
        Observation signed = Records.withId(Records.flag(World.ANNA, ObservationStatus.FINAL), "flag-anna");
        assertThat(server.put(clinician, "Observation/flag-anna", signed).status())
                .isEqualTo(200);
        assertThat(server.get(anna, "Observation/flag-anna").status()).isEqualTo(200);
    }

    @Test
    void administratorChoosesIdsForEveryPatient() {
        Map<String, Object> loader = Callers.administrator();
        assertThat(server.put(loader, "Patient/new", Records.patient("new")).status())
                .isEqualTo(201);
        assertThat(server.put(
                                loader,
                                "Observation/hr-clara",
                                Records.withId(Records.heartRate(World.CLARA), "hr-clara"))
                        .status())
                .isEqualTo(201);
    }

    // Whose record it is

    @Test
    void unknownAndHiddenSubjectsAnswerAlike() {
        assertUnknownSubject(clinic, World.DORA, "SN-RELATIONSHIP-001");
        assertUnknownSubject(clinic, World.CLARA, "SN-CONSENT-001");
        assertUnknownSubject(anna, World.BERND, "SN-COMPARTMENT-001");
    }

    private void assertUnknownSubject(Map<String, Object> claims, String hidden, String reason) {
        server.audited.clear();
        int before = server.provider("Observation").size();
        Answer answer = server.post(claims, "Observation", Records.heartRate(hidden));
        assertThat(server.audited)
                .extracting(event -> event.getOutcomeDesc().substring(0, reason.length()))
                .contains(reason);
        Answer unknown = server.post(claims, "Observation", Records.heartRate("unknown-id"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("SN-REFERENCE-001");
        assertThat(PolicyServer.comparable(answer)).isEqualTo(PolicyServer.comparable(unknown));
        assertThat(server.provider("Observation").size()).isEqualTo(before);
    }

    @Test
    void referencesToRecordsOfOthersAreUnknown() {
        for (String reference : List.of(
                "Observation/hr-dora",
                "Observation/hr-dora/_history/1",
                "Observation/unknown",
                "Observation?identifier=x",
                "https://elsewhere.example/fhir/Observation/1",
                "urn:uuid:9a2d9b6e-0000-4000-8000-000000000001",
                "Encounter/1",
                "#inside")) {
            Observation vital = Records.heartRate(World.ANNA);
            vital.addDerivedFrom(new Reference(reference));
            Answer answer = server.post(clinic, "Observation", vital);
            assertThat(answer.status()).as(reference).isEqualTo(422);
            assertThat(answer.code()).as(reference).isEqualTo("SN-REFERENCE-001");
            assertThat(answer.outcome()
                            .getIssueFirstRep()
                            .getExpression()
                            .get(0)
                            .getValue())
                    .isEqualTo("Observation.derivedFrom");
        }
        Observation vital = Records.heartRate(World.ANNA);
        vital.setDevice(new Reference("Device/cuff-dora"));
        assertThat(server.post(clinic, "Observation", vital).code()).isEqualTo("SN-REFERENCE-001");
    }

    @Test
    void ownServersAddressInAReferenceIsTheSameRecord() {
        Observation vital = Records.heartRate(World.ANNA);
        vital.addDerivedFrom(new Reference(World.SERVER_BASE + "/Observation/hr-anna"));
        assertThat(server.post(clinic, "Observation", vital).status()).isEqualTo(201);
    }

    @Test
    void recordCannotBeMovedToAnotherPatient() {
        server.permits.permit(World.BERND, World.CLINIC, Purpose.TREAT);
        Observation moved = Records.withId(Records.heartRate(World.BERND), "hr-anna");
        Answer answer = server.put(clinician, "Observation/hr-anna", moved);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("SN-REFERENCE-001");
        Answer byLoader = server.put(Callers.administrator(), "Observation/hr-anna", moved);
        assertThat(byLoader.status()).isEqualTo(422);
        assertThat(server.provider("Observation").current("hr-anna")).hasValueSatisfying(stored -> assertThat(
                        ((Observation) stored).getSubject().getReference())
                .isEqualTo("Patient/anna"));
    }

    @Test
    void recordOfAnotherCannotBeTakenOver() {
        assertUnknownUpdate(clinician, "hr-dora", Records.heartRate(World.ANNA), "SN-RELATIONSHIP-001");
        assertUnknownUpdate(clinician, "chosen-by-me", Records.heartRate(World.ANNA), "SN-ID-001");
        server.given(Records.withId(Records.consent(World.DORA), "consent-dora"));
        Answer answer =
                server.put(anna, "Consent/consent-dora", Records.withId(Records.consent(World.ANNA), "consent-dora"));
        assertThat(answer.status()).isEqualTo(404);
    }

    private void assertUnknownUpdate(Map<String, Object> claims, String id, Observation vital, String reason) {
        server.audited.clear();
        Answer answer = server.put(claims, "Observation/" + id, Records.withId(vital, id));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(server.audited).singleElement().satisfies(event -> assertThat(event.getOutcomeDesc())
                .startsWith(reason));
        Answer read = server.get(claims, "Observation/unknown-id");
        assertThat(PolicyServer.comparable(answer))
                .isEqualTo(PolicyServer.comparable(read).replace("unknown-id", id));
    }

    // What a role may state

    @Test
    void patientStatesVitalsAndConsentsOfItsOwnOnly() {
        Observation finding = Records.heartRate(World.ANNA);
        finding.getCategory().clear();
        finding.addCategory(Records.concept(Codes.OBSERVATION_CATEGORY, "laboratory"));
        assertContentRefused(anna, finding);
        Observation byDoctor = Records.heartRate(World.ANNA);
        byDoctor.addPerformer(new Reference("Practitioner/doctor"));
        assertContentRefused(anna, byDoctor);
        Consent consent = Records.consent(World.ANNA);
        consent.getPerformer().clear();
        Answer answer = server.post(anna, "Consent", consent);
        assertThat(answer.code()).isEqualTo("SN-CONTENT-001");
    }

    @Test
    void jobStatesFlagsOnly() {
        Map<String, Object> job = Callers.job();
        assertContentRefused(job, Records.heartRate(World.ANNA));
        assertContentRefused(job, Records.flag(World.ANNA, ObservationStatus.FINAL));
        Observation disguised = Records.flag(World.ANNA, ObservationStatus.PRELIMINARY);
        disguised.addCategory(Records.concept(Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS));
        assertContentRefused(job, disguised);
        assertThat(server.post(job, "Device", Records.cuff(World.ANNA)).code()).isEqualTo("SN-CONTENT-001");
    }

    @Test
    void flagsComeFromTheJobAlone() {
        assertContentRefused(clinic, Records.flag(World.ANNA, ObservationStatus.PRELIMINARY));
        assertContentRefused(clinician, Records.flag(World.ANNA, ObservationStatus.FINAL));
        assertContentRefused(Callers.administrator(), Records.flag(World.ANNA, ObservationStatus.PRELIMINARY));
        Observation byCodeOnly = Records.flag(World.ANNA, ObservationStatus.FINAL);
        byCodeOnly.getCategory().clear();
        assertContentRefused(clinic, byCodeOnly);
    }

    @Test
    void clinicianSignsAFlagAndChangesNothingOfIt() {
        Observation changed = Records.withId(Records.flag(World.ANNA, ObservationStatus.FINAL), "flag-anna");
        changed.setValue(Records.concept(Codes.RISK_PROBABILITY, "low"));
        assertThat(server.put(clinician, "Observation/flag-anna", changed).code())
                .isEqualTo("SN-CONTENT-001");
        Observation unsigned = Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna");
        assertThat(server.put(clinician, "Observation/flag-anna", unsigned).code())
                .isEqualTo("SN-CONTENT-001");
        Observation inError = Records.withId(Records.flag(World.ANNA, ObservationStatus.ENTEREDINERROR), "flag-anna");
        assertThat(server.put(clinician, "Observation/flag-anna", inError).code())
                .as("an override without a reason")
                .isEqualTo("SN-CONTENT-001");
        inError.addNote().setText("Extrasystoles.");
        assertThat(server.put(clinician, "Observation/flag-anna", inError).status())
                .isEqualTo(200);
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
        Observation asVital = Records.withId(Records.heartRate(World.ANNA), "flag-anna");
        assertThat(server.put(clinician, "Observation/flag-anna", asVital).code())
                .isEqualTo("SN-CONTENT-001");
    }

    @Test
    void jobDoesNotWriteOverAVerdict() {
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.FINAL), "flag-anna"));
        Observation again = Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna");
        assertThat(server.put(Callers.job(), "Observation/flag-anna", again).code())
                .isEqualTo("SN-CONTENT-001");
    }

    @Test
    void labelsAndContainedPatientsAreRefusedFromEverybody() {
        Observation labelled = Records.heartRate(World.ANNA);
        labelled.getMeta()
                .addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "U", null));
        assertContentRefused(clinic, labelled);
        assertContentRefused(Callers.administrator(), labelled);
        Observation container = Records.heartRate(World.ANNA);
        container.addContained(Records.withId(Records.patient("inside"), "inside"));
        container.addPerformer(new Reference("#inside"));
        assertContentRefused(clinic, container);
    }

    @Test
    void whatIsContainedIsNobodysAndRefersToTheSamePatientAlone() {
        Observation whole = withDevice(World.ANNA, null);
        assertThat(server.post(clinic, "Observation", whole).status()).isEqualTo(201);
        assertThat(server.post(Callers.gateway(), "Observation", whole).code())
                .as("a gateway is held to its own Devices")
                .isEqualTo("SN-CONTENT-001");

        assertContentRefused(clinic, withDevice(World.ANNA, "Patient/anna"));
        Observation member = Records.heartRate(World.ANNA);
        member.addContained(Records.withId(Records.heartRate(World.DORA), "inside"));
        member.addHasMember(new Reference("#inside"));
        assertContentRefused(clinic, member);

        Observation dangling = Records.heartRate(World.ANNA);
        dangling.setDevice(new Reference("#nothing"));
        assertThat(server.post(clinic, "Observation", dangling).code()).isEqualTo("SN-REFERENCE-001");
        Observation subject = withDevice(World.ANNA, null);
        subject.setSubject(new Reference("#inside"));
        assertThat(server.post(clinic, "Observation", subject).code()).isEqualTo("SN-REFERENCE-001");
        for (String other : List.of("Observation/hr-dora", "Observation/unknown", "Patient/dora")) {
            Observation pointing = withDevice(World.ANNA, null);
            ((Device) pointing.getContained().get(0)).addExtension("https://x.example/of", new Reference(other));
            assertThat(server.post(clinic, "Observation", pointing).code())
                    .as("a reference from within to " + other)
                    .isEqualTo("SN-REFERENCE-001");
        }
    }

    /** The gate is shown each of them by itself, and nobody reads records of these types. */
    @Test
    void whatIsContainedLeavesWithItsRecord() {
        Observation vital = withDevice(World.ANNA, null);
        vital.addContained(Records.withId(new Substance().setDescription("Electrode gel"), "gel"));
        vital.addExtension("https://x.example/used", new Reference("#gel"));
        Answer stored = server.post(clinic, "Observation", vital);
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        assertThat(stored.body()).contains("Electrode gel", "Maker");
        server.given(Records.withId(vital, "with-gel"));
        assertThat(server.get(anna, "Observation/with-gel").body()).contains("Electrode gel", "Maker");
        assertThat(server.get(anna, "Observation?patient=anna").body()).contains("Electrode gel", "Maker");
    }

    @Test
    void whatGivesRightsContainsNothing() {
        Consent consent = Records.consent(World.ANNA);
        consent.addContained(Records.withId(new Organization().setActive(true), "inside"));
        Records.permit(consent, World.CLINIC, "TREAT");
        assertThat(server.post(anna, "Consent", consent).code()).isEqualTo("SN-CONTENT-001");
    }

    private static Observation withDevice(String patient, @Nullable String devicePatient) {
        Observation vital = Records.heartRate(patient);
        Device device = Records.withId(new Device().setManufacturer("Maker"), "inside");
        if (devicePatient != null) {
            device.setPatient(new Reference(devicePatient));
        }
        vital.addContained(device);
        vital.setDevice(new Reference("#inside"));
        return vital;
    }

    private void assertContentRefused(Map<String, Object> claims, Observation observation) {
        int before = server.provider("Observation").size();
        Answer answer = server.post(claims, "Observation", observation);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("SN-CONTENT-001");
        assertThat(server.provider("Observation").size()).isEqualTo(before);
    }

    // Faults of the resource itself

    @Test
    void everyFaultIsNamedAtOnce() {
        Observation faulty = Records.heartRate(World.ANNA);
        faulty.setValue(null);
        faulty.setEffective(new DateTimeType(Date.from(World.NOW.plus(Duration.ofMinutes(6)))));
        faulty.setDevice(new Reference("Device/unknown"));
        Answer answer = server.post(clinic, "Observation", faulty);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.outcome().getIssue().stream()
                        .map(issue -> issue.getExpression().get(0).getValue())
                        .collect(Collectors.toList()))
                .containsExactlyInAnyOrder(
                        "Observation.value", "Observation.effective.ofType(dateTime)", "Observation.device");
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).startsWith("SN-PROFILE-001: ");
    }

    @Test
    void clockDifferenceOfFiveMinutesIsBorne() {
        Observation vital = Records.heartRate(World.ANNA);
        vital.setEffective(new DateTimeType(Date.from(World.NOW.plus(Duration.ofMinutes(5)))));
        assertThat(server.post(clinic, "Observation", vital).status()).isEqualTo(201);
    }

    @Test
    void binaryNeedsItsPatient() {
        assertThat(server.post(clinic, "Binary", Records.intervals(World.ANNA)).status())
                .isEqualTo(201);
        Answer answer =
                server.post(clinic, "Binary", Records.intervals(World.ANNA).setSecurityContext(null));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(server.post(clinic, "Binary", Records.intervals(World.DORA)).status())
                .isEqualTo(422);
    }

    @Test
    void consentThatCannotBeEnforcedIsRefused() {
        Consent consent = Records.consent(World.ANNA);
        Records.permit(consent, World.CLINIC, "TREAT")
                .addAction(Records.concept("http://terminology.hl7.org/CodeSystem/consentaction", "disclose"));
        Answer answer = server.post(anna, "Consent", consent);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("SN-CONSENT-002");
        assertThat(answer.outcome().getIssueFirstRep().getExpression().get(0).getValue())
                .isEqualTo("Consent.provision.provision[0].action");
    }

    @Test
    void kvnrIsChecked() {
        Patient patient = Records.patient("new");
        patient.addIdentifier().setSystem(Codes.KVNR).setValue("A123456789");
        assertThat(server.put(Callers.administrator(), "Patient/new", patient).status())
                .isEqualTo(422);
        patient.getIdentifierFirstRep().setValue("A123456780");
        assertThat(server.put(Callers.administrator(), "Patient/new", patient).status())
                .isEqualTo(201);
    }

    @Test
    void malformedBodyIsAnswered() {
        Answer answer = server.raw(clinic, "POST", "Observation", "{\"resourceType\":\"Observation\",");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).contains("no JSON, at line 1, column 31");
    }

    // Conditions and headers

    @Test
    void aConditionIsASearchThatMustBeOpenAndFindOneRecord() {
        Observation vital = Records.heartRate(World.ANNA);
        assertThat(server.put(clinician, "Observation?patient=clara", vital).status())
                .as("a hidden patient's records are no match, and the condition creates")
                .isEqualTo(server.put(clinician, "Observation?patient=nobody", vital)
                        .status());
        assertThat(server.put(clinician, "Observation?subject.name=x", vital).code())
                .isEqualTo("SN-SEARCH-001");
        assertThat(server.put(clinician, "Observation", vital).code()).isEqualTo("SN-CONDITION-001");
        assertThat(server.put(clinic, "Observation?patient=anna", vital).code()).isEqualTo("SN-INTERACTION-001");
        assertThat(server.put(Callers.administrator(), "Observation?patient=anna", vital)
                        .code())
                .as("who may not search has no conditions")
                .isEqualTo("SN-INTERACTION-001");
    }

    @Test
    void whoMayNotDeleteIsTold() {
        assertThat(server.delete(clinician, "Observation/hr-anna").code()).isEqualTo("SN-INTERACTION-001");
        assertThat(server.delete(Callers.administrator(), "Consent/any").code()).isEqualTo("SN-INTERACTION-001");
        assertThat(server.delete(Callers.patient(World.ANNA), "Observation").code())
                .isEqualTo("SN-CONDITION-001");
        assertThat(PolicyServer.comparable(server.delete(Callers.patient(World.ANNA), "Observation/hr-dora"))
                        .replace("hr-dora", "ID"))
                .isEqualTo(PolicyServer.comparable(server.delete(Callers.patient(World.ANNA), "Observation/unknown"))
                        .replace("unknown", "ID"));
    }

    @Test
    void headersThatChangeHowThingsAreStoredAreClosed() {
        for (String header :
                List.of("X-Rewrite-History", "X-Cascade", "X-Meta-Snapshot-Mode", "X-Request-Partition-IDs")) {
            Answer answer = server.post(clinic, "Observation", Records.heartRate(World.ANNA), header, "true");
            assertThat(answer.code()).as(header).isEqualTo("SN-HEADER-001");
        }
        Answer moved = server.put(
                clinician,
                "Observation/hr-anna",
                Records.withId(Records.heartRate(World.ANNA), "hr-anna"),
                "Content-Location",
                "Observation/hr-dora");
        assertThat(moved.code()).isEqualTo("SN-HEADER-001");
    }
}
