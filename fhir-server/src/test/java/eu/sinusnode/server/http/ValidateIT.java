package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.features.Covers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code $validate} tells is what the write would be answered, no more, and nothing is stored. */
class ValidateIT extends RunningServer {

    private static final String HEART_RATE = Canonicals.BASE + "/StructureDefinition/sinusnode-heart-rate";

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Test
    @Covers("resource-operations.html#validate")
    void aSoundResourceIsSoundAndIsNotStored() {
        String patient = Ward.open("validate-anna");
        Goal goal = Ward.newGoal(patient, "Swim");
        long goals = stored("Goal");

        Answer onType = post("/Goal/$validate", clinician, goal);
        assertSound(onType);
        goal.setId(Ward.goal("validate-anna"));
        Answer onRecord = post("/Goal/" + Ward.goal("validate-anna") + "/$validate", clinician, goal);
        assertSound(onRecord);

        assertThat(stored("Goal")).isEqualTo(goals);
        assertThat(get("/Goal/" + Ward.goal("validate-anna"), clinician).header("ETag"))
                .contains("W/\"1\"");
        goal.setId((String) null);
        assertThat(post("/Goal", clinician, goal).status())
                .as("what is sound is stored")
                .isEqualTo(201);
    }

    @Test
    void everyFaultOfAWriteIsToldAsTheWriteTellsIt() {
        String patient = Ward.open("validate-berta");
        String hidden = Ward.hidden("validate-other");
        Observation faulty = Records.heartRate(patient, Records.id("validate-berta-cuff"), "validate-1");
        faulty.setEffective(Records.at(Instant.now().plus(Duration.ofDays(2))));
        faulty.getValueQuantity().setCode("Hz");
        faulty.setDevice(new Reference("Device/" + Records.id("no such device")));
        Observation labelled = Records.heartRate(patient, Records.id("validate-berta-cuff"), "validate-2");
        labelled.getMeta().addSecurity().setSystem("urn:x").setCode("R");
        Observation foreign = Records.heartRate(hidden, Records.id("validate-other-cuff"), "validate-3");
        String system = TOKENS.clinicSystem(Records.CLINIC);

        for (Observation each : List.of(faulty, labelled, foreign)) {
            Answer told = post("/Observation/$validate", system, each);
            Answer refused = post("/Observation", system, each);
            assertThat(told.status()).as(told.body()).isEqualTo(200);
            assertThat(refused.status()).isIn(403, 422);
            assertThat(errors(told)).isNotEmpty().containsAll(errors(refused));
        }
        assertThat(codes(post("/Observation/$validate", system, labelled))).contains("SN-CONTENT-001");
    }

    @Test
    @Covers("resource-operations.html#validate-mode")
    void anUpdateIsHeldAgainstWhatIsStored() {
        String patient = Ward.open("validate-carla");
        String path = "/Goal/" + Ward.goal("validate-carla");
        Goal moved = Ward.newGoal(Ward.open("validate-dora"), "Walk");
        moved.setId(Ward.goal("validate-carla"));

        Answer told = post(path + "/$validate?mode=update", clinician, moved);
        assertThat(codes(told)).contains("SN-REFERENCE-001");
        assertThat(errors(told)).containsAll(errors(put(path, clinician, moved)));

        Goal changed = Ward.newGoal(patient, "Walk");
        changed.setLifecycleStatus(GoalLifecycleStatus.COMPLETED);
        assertSound(post(path + "/$validate", clinician, parameters(changed, "update", null)));
        assertThat(((Goal) get(path, clinician).resource()).getLifecycleStatus())
                .isEqualTo(GoalLifecycleStatus.ACTIVE);
    }

    @Test
    void aDeleteIsDecidedAndNotDone() {
        String patient = Ward.open("validate-elsa");
        String own = TOKENS.patient(patient);
        Observation vital = Records.heartRate(patient, Records.id("validate-elsa-cuff"), "validate-own");
        vital.addPerformer(new Reference("Patient/" + patient));
        String path = "/Observation/"
                + post("/Observation", own, vital).resource().getIdElement().getIdPart();

        assertSound(get(path + "/$validate?mode=delete", own));
        assertThat(get(path, own).status()).isEqualTo(200);
        assertThat(get("/Consent/" + Records.id("validate-elsa-consent") + "/$validate?mode=delete", own)
                        .codes())
                .containsExactly("SN-INTERACTION-001");
        assertThat(Ward.delete(path, own).status()).isEqualTo(204);
    }

    @Test
    void aStoredRecordIsHeldAgainstAProfileByWhoMayReadIt() {
        String patient = Ward.open("validate-frida");
        Ward.hidden("validate-greta");
        String path = "/Observation/" + Ward.vital("validate-frida") + "/$validate?mode=profile&profile=";

        Answer conforms = get(path + HEART_RATE, clinician);
        assertSound(conforms);
        AuditEvent audited = audited(conforms);
        assertThat(audited.getEntity())
                .as("the answer tells of the record")
                .anyMatch(entity -> ("Observation/" + Ward.vital("validate-frida"))
                        .equals(entity.getWhat()
                                .getReferenceElement()
                                .toUnqualifiedVersionless()
                                .getValue()))
                .anyMatch(
                        entity -> ("Patient/" + patient).equals(entity.getWhat().getReference()));
        assertThat(codes(get(path + "http://hl7.org/fhir/StructureDefinition/bodyweight", clinician)))
                .contains("SN-PROFILE-001");
        assertThat(codes(get(path + "https://example.org/no-such-profile", clinician)))
                .containsExactly("SN-PROFILE-001");

        String hidden = Ward.vital("validate-greta");
        String unknown = Records.id("validate-nothing");
        assertSame(
                get("/Observation/" + hidden + "/$validate?mode=profile&profile=" + HEART_RATE, clinician),
                hidden,
                get("/Observation/" + unknown + "/$validate?mode=profile&profile=" + HEART_RATE, clinician),
                unknown,
                404);
        assertThat(get(path + HEART_RATE, TOKENS.loader()).codes())
                .as("the administrator writes and does not read")
                .containsExactly("SN-INTERACTION-001");
    }

    /** To ask is not a way around: hidden and unknown are one and the same, as subject, as reference and as target. */
    @Test
    void nothingIsToldOfHiddenRecords() {
        String patient = Ward.open("validate-hanna");
        String hidden = Ward.hidden("validate-ida");
        String unknown = UUID.randomUUID().toString();
        String unknownGoal = UUID.randomUUID().toString();
        String hiddenGoal = Ward.goal("validate-ida");

        Answer ofHidden = post("/Goal/$validate", clinician, Ward.newGoal(hidden, "x"));
        assertSame(ofHidden, hidden, post("/Goal/$validate", clinician, Ward.newGoal(unknown, "x")), unknown, 200);
        assertThat(codes(ofHidden)).containsOnly("SN-REFERENCE-001");
        assertSame(
                post("/Goal/$validate", clinician, referring(patient, Ward.vital("validate-ida"))),
                Ward.vital("validate-ida"),
                post("/Goal/$validate", clinician, referring(patient, unknown)),
                unknown,
                200);
        for (String mode : List.of("", "?mode=update")) {
            assertSame(
                    post("/Goal/" + hiddenGoal + "/$validate" + mode, clinician, Ward.newGoal(patient, "x")),
                    hiddenGoal,
                    post("/Goal/" + unknownGoal + "/$validate" + mode, clinician, Ward.newGoal(patient, "x")),
                    unknownGoal,
                    404);
        }
        assertSame(
                get("/Goal/" + hiddenGoal + "/$validate?mode=delete", clinician),
                hiddenGoal,
                get("/Goal/" + unknownGoal + "/$validate?mode=delete", clinician),
                unknownGoal,
                404);
        assertThat(audited(ofHidden).getOutcome())
                .as("who asked for a hidden patient is in the audit")
                .isNotEqualTo(AuditEvent.AuditEventOutcome._0);
    }

    @ParameterizedTest
    @CsvSource({
        "/Goal/$validate?mode=nonsense, true",
        "/Goal/$validate?mode=update, true",
        "/Goal/$validate?mode=profile, false",
        "/Goal/{id}/$validate?mode=create, true",
        "/Goal/{id}/$validate?mode=delete, true",
        "/Goal/{id}/$validate?mode=profile, false",
        "/Goal/{id}/$validate, false",
        "/Observation/$validate, true",
    })
    void aQuestionThatDoesNotFitTogetherIsRefused(String path, boolean withResource) {
        String patient = Ward.open("validate-jana");
        String url = path.replace("{id}", Ward.goal("validate-jana"));
        Answer refused = withResource ? post(url, clinician, Ward.newGoal(patient, "x")) : get(url, clinician);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.codes()).containsExactly("SN-REQUEST-013");
    }

    @Test
    void whoMayNotWriteTheTypeMayNotAsk() {
        String patient = Ward.open("validate-karl");
        Goal goal = Ward.newGoal(patient, "x");
        assertThat(post("/Goal/$validate", TOKENS.patient(patient), goal).codes())
                .containsExactly("SN-OPERATION-001");
        assertThat(post("/Goal/$validate?_query=x", clinician, goal).codes()).containsExactly("SN-SEARCH-001");
        assertThat(post("/Goal/$validate", TOKENS.auditor(), goal).codes()).containsExactly("SN-OPERATION-001");
        String cuff = Records.id("validate-karl-cuff");
        assertThat(post(
                                "/Device/" + cuff + "/$validate?mode=update",
                                TOKENS.clinicSystem(Records.CLINIC),
                                Records.cuff(cuff, patient))
                        .codes())
                .as("a clinic's system creates Devices and updates none")
                .containsExactly("SN-INTERACTION-001");
    }

    @Test
    void itComesAsParametersInXmlAndInABatch() {
        String patient = Ward.open("validate-lena");
        String xml = FhirContext.forR4Cached()
                .newXmlParser()
                .encodeResourceToString(parameters(Ward.newGoal(patient, "Row"), "create", null));
        Answer answer = send(request("/Goal/$validate", clinician)
                .header("Content-Type", "application/fhir+xml")
                .header("Accept", "application/fhir+json")
                .POST(BodyPublishers.ofString(xml)));
        assertSound(answer);
        Observation vital = Records.heartRate(patient, Records.id("validate-lena-cuff"), "validate-lena-2");
        Answer profiled = post(
                "/Observation/$validate",
                TOKENS.clinicSystem(Records.CLINIC),
                parameters(vital, null, "http://hl7.org/fhir/StructureDefinition/bodyweight"));
        assertThat(codes(profiled)).contains("SN-PROFILE-001");

        Bundle bundle = new Bundle().setType(BundleType.BATCH);
        bundle.addEntry()
                .setResource(Ward.newGoal(patient, "Row"))
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Goal/$validate");
        long goals = stored("Goal");
        Bundle answered = post("", clinician, bundle).bundle();
        assertThat(answered.getEntryFirstRep().getResponse().getStatus()).startsWith("200");
        assertThat(((OperationOutcome) answered.getEntryFirstRep().getResponse().getOutcome())
                        .getIssueFirstRep()
                        .getSeverity())
                .isEqualTo(IssueSeverity.INFORMATION);
        bundle.setType(BundleType.TRANSACTION);
        assertThat(post("", clinician, bundle).codes()).containsExactly("SN-BUNDLE-001");
        assertThat(stored("Goal")).isEqualTo(goals);
    }

    private static Goal referring(String patient, String vital) {
        Goal goal = Ward.newGoal(patient, "x");
        goal.addAddresses(new Reference("Observation/" + vital));
        return goal;
    }

    private static Parameters parameters(Resource resource, @Nullable String mode, @Nullable String profile) {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName("resource").setResource(resource);
        if (mode != null) {
            parameters.addParameter().setName("mode").setValue(new CodeType(mode));
        }
        if (profile != null) {
            parameters.addParameter().setName("profile").setValue(new UriType(profile));
        }
        return parameters;
    }

    private static void assertSound(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.outcome().getIssue())
                .as(answer.body())
                .isNotEmpty()
                .noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR);
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics().toLowerCase(Locale.ROOT))
                .doesNotContain("brandt");
    }

    private static void assertSame(Answer hidden, String hiddenId, Answer unknown, String unknownId, int status) {
        assertThat(hidden.status()).as(hidden.body()).isEqualTo(status);
        assertThat(unknown.status()).as(unknown.body()).isEqualTo(status);
        assertThat(hidden.body().replace(hiddenId, "ID"))
                .isEqualTo(unknown.body().replace(unknownId, "ID"));
    }

    /** Code, place and words of every error. */
    private static List<String> errors(Answer answer) {
        return answer.outcome().getIssue().stream()
                .filter(issue -> issue.getSeverity() == IssueSeverity.ERROR)
                .map(OperationOutcomeIssueComponent::getDiagnostics)
                .toList();
    }

    private static List<String> codes(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.outcome().getIssue().stream()
                .filter(issue -> issue.getSeverity() == IssueSeverity.ERROR)
                .map(issue -> issue.getDetails().getCodingFirstRep().getCode())
                .toList();
    }

    private static AuditEvent audited(Answer answer) {
        Bundle found = get(
                        "/AuditEvent?request-id="
                                + answer.header("X-Request-ID").orElseThrow(),
                        TOKENS.auditor())
                .bundle();
        assertThat(found.getEntry()).isNotEmpty();
        return (AuditEvent) found.getEntryFirstRep().getResource();
    }
}
