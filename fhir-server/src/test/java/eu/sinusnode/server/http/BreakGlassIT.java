package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $break-glass} on the running server: clinicians of an emergency department that no patient has permitted anything. */
class BreakGlassIT extends RunningServer {

    private static final String DEPARTMENT = Records.id("emergency-department");
    private static final String WORDS = "Unconscious after a collapse, heart rate 180.";
    private static boolean loaded;

    /** Each test has a doctor of its own, since one may open a few patients only. */
    private final String doctor = UUID.randomUUID().toString();

    private final String colleague = UUID.randomUUID().toString();

    @BeforeEach
    void department() {
        if (!loaded) {
            loaded = true;
            load(Records.transaction(Records.organization(DEPARTMENT, "Notaufnahme Nord")));
        }
        load(Records.transaction(practitioner(doctor), practitioner(colleague)));
    }

    private static Practitioner practitioner(String id) {
        Practitioner practitioner = Records.practitioner();
        practitioner.setId(id);
        return practitioner;
    }

    private static String token(String practitioner, String organization, String... methods) {
        return TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", organization)
                .claim("fhirUser", "Practitioner/" + practitioner)
                .claim("amr", List.of(methods)));
    }

    private String token() {
        return token(doctor, DEPARTMENT, "otp");
    }

    private static Parameters reason(String code, String words) {
        Parameters asked = new Parameters();
        asked.addParameter("reason", new CodeType(code));
        asked.addParameter("text", new StringType(words));
        return asked;
    }

    private static Answer open(String patient, String token) {
        return post("/Patient/" + patient + "/$break-glass", token, reason("ETREAT", WORDS));
    }

    private static Instant opened(String patient, String token) {
        Answer answer = open(patient, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return ((InstantType) ((Parameters) answer.resource()).getParameterValue("until"))
                .getValue()
                .toInstant();
    }

    private static Answer end(String patient, String token) {
        return post("/Patient/" + patient + "/$break-glass", token, new Parameters().addParameter("ended", true));
    }

    private static int read(String path, String token) {
        return get(path, token).status();
    }

    private static List<Communication> notices(String patient) {
        return get("/Communication?patient=" + patient, TOKENS.patient(patient)).bundle().getEntry().stream()
                .map(entry -> (Communication) entry.getResource())
                .toList();
    }

    @Test
    void oneRecordIsOpenToOnePersonForAnHourAndToBeReadOnly() {
        String patient = Ward.hidden("glass-mia");
        String other = Ward.hidden("glass-noah");
        String vital = "/Observation/" + Ward.vital("glass-mia");
        assertThat(read("/Patient/" + patient, token())).isEqualTo(404);
        Instant before = Instant.now();

        Instant until = opened(patient, token());

        assertThat(Duration.between(before, until)).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(62));
        assertThat(read("/Patient/" + patient, token())).isEqualTo(200);
        assertThat(read(vital, token())).isEqualTo(200);
        assertThat(read(vital + "/_history/1", token())).isEqualTo(200);
        Bundle found = get("/Observation?patient=" + patient + "&_include=Observation:patient&_total=accurate", token())
                .bundle();
        assertThat(found.getTotal()).isEqualTo(1);
        assertThat(found.getEntry()).hasSize(2);
        String rates = "/Observation?code=http://loinc.org%7C" + Codes.HEART_RATE + "&patient=";
        assertThat(get(rates + patient, token()).bundle().getEntry())
                .as("as it is answered from the readings")
                .hasSize(1);
        assertThat(get(rates + other, token()).bundle().getEntry()).isEmpty();
        String newest = "/Observation/$lastn?code=http://loinc.org%7C" + Codes.HEART_RATE + "&patient=";
        assertThat(get(newest + patient, token()).body()).contains(Ward.vital("glass-mia"));
        assertThat(get(newest + other, token()).body()).doesNotContain(Ward.vital("glass-noah"));
        Answer everything = get("/Patient/" + patient + "/$everything", token());
        assertThat(everything.body()).contains(Ward.vital("glass-mia"), Ward.goal("glass-mia"));

        // Nobody else, and no other patient.
        assertThat(read("/Patient/" + patient, token(colleague, DEPARTMENT, "otp")))
                .isEqualTo(404);
        assertThat(read("/Patient/" + patient, token(doctor, Records.INSURER, "otp")))
                .isEqualTo(404);
        assertThat(read("/Patient/" + patient, TOKENS.clinicSystem(DEPARTMENT))).isEqualTo(404);
        assertThat(read("/Patient/" + other, token())).isEqualTo(404);
        assertThat(get("/Observation?patient=" + patient + "," + other, token())
                        .bundle()
                        .getEntry())
                .hasSize(1);
        assertThat(get("/Observation?code=" + Codes.HEART_RATE, token())
                        .bundle()
                        .getEntry())
                .as("who is not named is not found")
                .isEmpty();
        assertThat(get("/Observation?subject:Patient.family=Brandt", token())
                        .bundle()
                        .getEntry())
                .isEmpty();
        assertThat(get("/$export?_type=Patient", token()).codes()).contains("SN-OPERATION-001");

        // To be read only.
        Observation another = Records.heartRate(patient, Records.id("glass-mia-cuff"), "glass-mia-2");
        assertThat(post("/Observation", token(), another).codes()).contains("SN-REFERENCE-001");
        Observation stored = (Observation) get(vital, token()).resource();
        assertThat(put(vital, token(), stored).status()).isEqualTo(404);
        assertThat(Ward.delete("/Goal/" + Ward.goal("glass-mia"), token()).status())
                .isEqualTo(404);
        assertThat(Ward.jsonPatch(vital, token(), "[]").status()).isEqualTo(404);
    }

    @Test
    void anotherPatientInABatchStaysClosed() {
        String patient = Ward.hidden("glass-batch");
        String other = Ward.hidden("glass-batch-other");
        opened(patient, token());
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        for (String id : List.of(patient, other)) {
            batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/" + id);
        }

        Bundle answer = post("", token(), batch).bundle();

        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("200", "404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "pwd", "mfa", "OTP"})
    void withoutASecondFactorNothingIsOpened(String methods) {
        String patient = Ward.hidden("glass-factor");
        String token = methods.equals("-")
                ? TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", DEPARTMENT)
                        .claim("fhirUser", "Practitioner/" + doctor)
                        .claim("amr", null))
                : token(doctor, DEPARTMENT, methods);

        Answer answer = open(patient, token);

        assertThat(answer.status()).isEqualTo(403);
        AuditEvent event = Audited.refusal(answer, "SN-BREAKGLASS-001");
        assertThat(event.getAgent()).anySatisfy(agent -> assertThat(agent.getPurposeOfUse())
                .anySatisfy(purpose ->
                        assertThat(purpose.getCodingFirstRep().getCode()).isEqualTo("ETREAT")));
        assertThat(open(UUID.randomUUID().toString(), token).body().replaceAll("[0-9a-f-]{36}", ""))
                .as("the same for a patient who is not here")
                .isEqualTo(answer.body().replaceAll("[0-9a-f-]{36}", ""));
        assertThat(read("/Patient/" + patient, token())).isEqualTo(404);
        assertThat(get("/Patient/" + patient + "/$access-log?count=5", TOKENS.patient(patient))
                        .body())
                .contains("because they had not shown a second factor");
    }

    @Test
    void whoIsNotHereIsUnknown() {
        Answer unknown = open(UUID.randomUUID().toString(), token());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(open("no-uuid", token()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TREAT", "HMARKT", "etreat", "text", "short", "more", "none", "ended"})
    void aRequestSaysWhyInACodeAndInWords(String fault) {
        Parameters asked =
                switch (fault) {
                    case "text" -> new Parameters().addParameter("reason", "ETREAT");
                    case "short" -> reason("ETREAT", "   urgent           ");
                    case "more" -> reason("ETREAT", WORDS).addParameter("minutes", "600");
                    case "none" -> new Parameters();
                    case "ended" -> reason("ETREAT", WORDS).addParameter("ended", true);
                    default -> reason(fault, WORDS);
                };
        Answer answer = post("/Patient/" + Ward.hidden("glass-form") + "/$break-glass", token(), asked);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.codes()).contains("SN-BREAKGLASS-003");
    }

    @Test
    void thePatientIsToldAndTheAuditTellsOfTheEmergency() {
        String patient = Ward.hidden("glass-told");
        Answer answer = open(patient, token());
        Answer seen = get("/Observation?patient=" + patient, token());
        get("/Condition?patient=" + patient, token());

        assertThat(notices(patient)).singleElement().satisfies(notice -> {
            assertThat(notice.getSender().getReference()).isEqualTo("Organization/" + DEPARTMENT);
            assertThat(notice.getRecipientFirstRep().getReference()).isEqualTo("Patient/" + patient);
            assertThat(notice.getPayload()).hasSize(2);
            assertThat(notice.getPayload().get(0).getContentStringType().getValue())
                    .contains("ohne Ihre Einwilligung", "Behandlung in einem Notfall", WORDS);
            assertThat(notice.getPayload().get(1).getContentStringType().getValue())
                    .contains("without your consent", "treatment in an emergency", WORDS);
            assertThat(notice.getPayload().toString()).doesNotContain(doctor);
        });
        assertThat(Audited.by(answer)).hasSize(2).allSatisfy(event -> assertThat(event.getOutcomeDesc())
                .isEqualTo("break-glass: opened"));
        assertThat(Audited.by(seen)).singleElement().satisfies(event -> {
            assertThat(event.getOutcomeDesc()).isEqualTo("break-glass");
            assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                    .isEqualTo("ETREAT");
            assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getSystem())
                    .isEqualTo(Codes.ACT_REASON);
        });
        String log = get("/Patient/" + patient + "/$access-log?count=20", TOKENS.patient(patient))
                .body();
        assertThat(log)
                .contains(
                        "opened your record for a short time, without your consent, for treatment in an emergency",
                        "looked at measurements and findings (1), for treatment in an emergency",
                        "looked for diagnoses and found none, for treatment in an emergency");
    }

    @Test
    void aRequestThatShowsOthersTooIsTwoEntries() {
        String opened = Ward.hidden("glass-two");
        String permitting = Ward.open("glass-permits");
        String clinician = token(doctor, Records.CLINIC, "hwk");
        opened(opened, clinician);

        Answer both = get("/Observation?patient=" + opened + "," + permitting, clinician);

        assertThat(both.bundle().getEntry()).hasSize(2);
        assertThat(Audited.by(both))
                .extracting(AuditEvent::getOutcomeDesc)
                .containsExactlyInAnyOrder("break-glass", "consent");
    }

    @Test
    void whatIsClosedEarlyIsClosedAtOnceAndTheSameTokenDoesNotOpenItAgain() {
        String patient = Ward.hidden("glass-ended");
        String token = token();
        opened(patient, token);

        assertThat(end(patient, token(colleague, DEPARTMENT, "otp")).body()).contains("\"valueInteger\":0");
        assertThat(read("/Patient/" + patient, token)).isEqualTo(200);
        assertThat(end(patient, token).body()).contains("\"valueInteger\":1");

        assertThat(read("/Patient/" + patient, token)).isEqualTo(404);
        assertThat(read("/Patient/" + patient, token())).isEqualTo(404);
        assertThat(open(patient, token).codes()).contains("SN-BREAKGLASS-001");
        opened(patient, token());
        assertThat(read("/Patient/" + patient, token)).isEqualTo(200);
        assertThat(notices(patient)).hasSize(2);

        Answer ended = post("/Patient/" + patient + "/$end-break-glass", TOKENS.loader(), new Parameters());
        assertThat(ended.status()).isEqualTo(200);
        assertThat(read("/Patient/" + patient, token())).isEqualTo(404);
        assertThat(get("/Patient/" + patient + "/$access-log?count=5", TOKENS.patient(patient))
                        .body())
                .contains("closed your record again");
    }

    @Test
    void sentAgainItIsNoLongerOpenAndThePatientIsToldOnce() {
        String patient = Ward.hidden("glass-again");
        String token = token();
        Instant until = opened(patient, token);
        assertThat(opened(patient, token)).isEqualTo(until);
        assertThat(opened(patient, token())).isEqualTo(until);
        assertThat(notices(patient)).hasSize(1);
    }

    @Test
    void itsTimeEnds() {
        String patient = Ward.hidden("glass-expired");
        String token = token();
        opened(patient, token);
        assertThat(read("/Patient/" + patient, token)).isEqualTo(200);

        database.update(
                "UPDATE sinusnode.break_glass SET opened = opened - interval '60 min', until = now(), term = now()"
                        + " WHERE patient = ?",
                UUID.fromString(patient));

        assertThat(read("/Patient/" + patient, token)).isEqualTo(404);
        assertThat(get("/Observation?patient=" + patient, token).bundle().getEntry())
                .isEmpty();
    }

    @Test
    void nobodyOpensOneAfterTheOther() {
        for (int i = 0; i < 5; i++) {
            String patient = Ward.hidden("glass-many-" + i);
            opened(patient, token());
            end(patient, token());
        }
        Answer sixth = open(Ward.hidden("glass-many-5"), token());
        assertThat(sixth.status()).isEqualTo(403);
        Audited.refusal(sixth, "SN-BREAKGLASS-002");
        assertThat(open(UUID.randomUUID().toString(), token()).codes()).contains("SN-BREAKGLASS-002");
        opened(Ward.hidden("glass-many-5"), token(colleague, DEPARTMENT, "otp"));
    }

    @Test
    void anErasedPatientIsNotOpened() {
        String patient = Ward.hidden("glass-erased");
        opened(patient, token());
        Parameters erase = new Parameters();
        erase.addParameter("patient", new Reference("Patient/" + patient));
        erase.addParameter("reason", new CodeType("objection"));
        assertThat(post("/Patient/" + patient + "/$erase", TOKENS.loader(), erase)
                        .status())
                .isEqualTo(200);

        assertThat(open(patient, token()).status()).isEqualTo(404);
        assertThat(Objects.requireNonNull(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.break_glass WHERE patient = ?",
                        Integer.class,
                        UUID.fromString(patient))))
                .isZero();
    }

    @Test
    void thePatientCanAskToWhomItIsOpenAndUntilWhen() {
        String patient = Ward.hidden("glass-asked");
        opened(patient, token());
        for (String person : List.of(doctor, colleague)) {
            Answer answer = post(
                    "/Patient/" + patient + "/$consent-decision",
                    TOKENS.patient(patient),
                    DecisionWorld.aboutType(DecisionWorld.ask(DEPARTMENT, person, "TREAT"), "Observation"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            if (person.equals(doctor)) {
                assertThat(answer.body()).contains("BREAK_GLASS", "\"until\"", "in einem Notfall für kurze Zeit");
            } else {
                assertThat(answer.body()).contains("NOT_PERMITTED").doesNotContain("BREAK_GLASS");
            }
        }
    }
}
