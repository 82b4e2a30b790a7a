package eu.sinusnode.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $restrict} on the real server: the record is kept, and nobody but the patient is shown it (Art. 18 GDPR). */
class RestrictionIT extends RunningServer {

    private static final String EVERYBODY = "/Observation?code=http://loinc.org%7C8867-4&_count=500";

    @BeforeEach
    void world() {
        WalkWorld.load();
    }

    /** A patient who permits the clinic, the insurer and the analysis everything. */
    private static String patient(String name) {
        String patient = Records.id(name);
        load(Records.household(name));
        load(Records.transaction(WalkWorld.consent(Records.id(name + "-consent"), patient)));
        Observation rate = Records.heartRate(patient, Records.id(name + "-cuff"), name + "-1");
        rate.setId(Records.id(name + "-hr"));
        load(Records.transaction(rate));
        return patient;
    }

    private static Answer restrict(String patient, String name, Object value) {
        Parameters asked = new Parameters();
        asked.addParameter("patient", new Reference("Patient/" + patient));
        if (value instanceof String code) {
            asked.addParameter(name, new CodeType(code));
        } else {
            asked.addParameter(name, (Boolean) value);
        }
        return post("/Patient/" + patient + "/$restrict", TOKENS.loader(), asked);
    }

    private static void restricted(String patient) {
        Answer answer = restrict(patient, "ground", "accuracy-contested");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static String clinician() {
        return WalkWorld.token(CallerKind.CLINICIAN);
    }

    private static List<String> found(String search, String token) {
        List<String> ids = new ArrayList<>();
        get(search, token)
                .bundle()
                .getEntry()
                .forEach(entry -> ids.add(entry.getResource().getIdElement().getIdPart()));
        return ids;
    }

    private static String readings() {
        return get("/$vital-readings?patients=200", TOKENS.job()).body();
    }

    private static List<Communication> notices(String patient) {
        return get("/Communication?patient=" + patient + "&_sort=sent", TOKENS.patient(patient))
                .bundle()
                .getEntry()
                .stream()
                .map(entry -> (Communication) entry.getResource())
                .toList();
    }

    @Test
    void nobodyButThePatientIsShownTheRecord() {
        String patient = patient("restrict-anna");
        String rate = Records.id("restrict-anna-hr");
        String byPatient = "/Observation?patient=" + patient;
        assertThat(found(byPatient, clinician())).containsExactly(rate);
        assertThat(found(EVERYBODY, clinician())).contains(rate);
        assertThat(readings()).contains(rate);
        String newest = "/Observation/$lastn?code=http://loinc.org%7C8867-4&patient=" + patient;
        assertThat(get(newest, clinician()).body()).contains(rate);
        assertThat(get("/Group/" + Records.CLINIC, clinician()).body()).contains(patient);

        restricted(patient);

        for (CallerKind kind : List.of(CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM, CallerKind.INSURER)) {
            String token = WalkWorld.token(kind);
            assertThat(get("/Patient/" + patient, token).status())
                    .as(kind.claim())
                    .isEqualTo(404);
            assertThat(get("/Observation/" + rate, token).status()).isEqualTo(404);
            assertThat(found(byPatient, token)).isEmpty();
        }
        assertThat(found(EVERYBODY, clinician())).doesNotContain(rate);
        assertThat(found("/Patient?family=Brandt&_count=500", clinician())).doesNotContain(patient);
        assertThat(get("/Group/" + Records.CLINIC, clinician()).body()).doesNotContain(patient);
        assertThat(readings()).doesNotContain(rate, patient);
        assertThat(get(newest, clinician()).body()).doesNotContain(rate);
        assertThat(get(newest, TOKENS.patient(patient)).body()).contains(rate);
        assertThat(get("/Observation/" + rate, TOKENS.job()).status()).isEqualTo(404);

        String own = TOKENS.patient(patient);
        assertThat(get("/Observation/" + rate, own).status()).isEqualTo(200);
        assertThat(found(byPatient, own)).containsExactly(rate);
        assertThat(get("/Patient/" + patient + "/$everything", own).body()).contains(rate);
        assertThat(get("/AuditEvent?patient=" + patient, TOKENS.auditor()).status())
                .isEqualTo(200);
        Audited.refusal(get("/Patient/" + patient, clinician()), "SN-RESTRICTION-003");
        assertThat(get("/Patient/" + patient + "/$access-log?count=5", own).body())
                .contains("because the record is restricted");
    }

    @Test
    void whoWasGivenSomethingIsNamedToBeTold() {
        String patient = patient("restrict-hanna");
        assertThat(found("/Observation?patient=" + patient, clinician())).isNotEmpty();
        assertThat(get("/Patient/" + patient, TOKENS.patient(patient)).status()).isEqualTo(200);

        Answer answer = restrict(patient, "ground", "objection");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> told = answer.outcome().getIssue().stream()
                .map(OperationOutcomeIssueComponent::getDiagnostics)
                .toList();
        assertThat(told)
                .satisfiesExactly(step -> assertThat(step).contains("is restricted"), recipient -> assertThat(recipient)
                        .contains("Organization/" + Records.CLINIC));
    }

    @Test
    void whatIsMeasuredIsKeptAndNobodyElseWrites() {
        String patient = patient("restrict-berta");
        restricted(patient);
        Observation rate = Records.heartRate(patient, Records.id("restrict-berta-cuff"), "restrict-berta-2");

        assertThat(post("/Observation", clinician(), rate).codes()).contains("SN-REFERENCE-001");
        Answer kept = post("/Observation", TOKENS.patient(patient), rate);
        assertThat(kept.status()).as(kept.body()).isEqualTo(201);
        assertThat(found("/Observation?patient=" + patient, TOKENS.patient(patient)))
                .hasSize(2);
    }

    @Test
    void anEmergencyDoesNotOpenItAndWhatWasOpenCloses() {
        String patient = patient("restrict-clara");
        Parameters reason = new Parameters();
        reason.addParameter("reason", new CodeType("ETREAT"));
        reason.addParameter("text", new StringType("Unconscious after a collapse."));
        String path = "/Patient/" + patient + "/$break-glass";
        load(Records.transaction(Records.organization(Records.id("restrict-emergency"), "Notaufnahme")));
        String token = TOKENS.clinician(Records.id("restrict-emergency"));
        assertThat(post(path, token, reason).status()).isEqualTo(200);
        assertThat(get("/Patient/" + patient, token).status()).isEqualTo(200);

        restricted(patient);

        assertThat(get("/Patient/" + patient, token).status()).isEqualTo(404);
        assertThat(post(path, TOKENS.clinician(Records.id("restrict-emergency")), reason)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void itIsLiftedWhenThePatientHasBeenTold() {
        String patient = patient("restrict-dora");
        String rate = Records.id("restrict-dora-hr");
        restricted(patient);
        assertThat(notices(patient)).hasSize(1);
        restricted(patient);
        assertThat(notices(patient)).as("told once").hasSize(1);

        Audited.refusal(restrict(patient, "lifted", true), "SN-RESTRICTION-001");
        assertThat(restrict(patient, "announced", true).status()).isEqualTo(200);
        assertThat(notices(patient)).hasSize(2).last().satisfies(notice -> {
            assertThat(notice.getPayload().get(0).getContentStringType().getValue())
                    .contains("wird aufgehoben");
            assertThat(notice.getPayload().get(1).getContentStringType().getValue())
                    .contains("will be lifted");
        });
        Audited.refusal(restrict(patient, "lifted", true), "SN-RESTRICTION-001");
        assertThat(get("/Observation/" + rate, clinician()).status()).isEqualTo(404);

        long before = sequence(readings());
        database.update(
                "UPDATE sinusnode.restriction SET announced = announced - interval '73 h' WHERE patient = ?",
                UUID.fromString(patient));
        assertThat(restrict(patient, "lifted", true).status()).isEqualTo(200);

        assertThat(get("/Observation/" + rate, clinician()).status()).isEqualTo(200);
        assertThat(get("/$vital-readings?patients=200&since=" + before, TOKENS.job())
                        .body())
                .as("a job that reads what is new reads the patient again")
                .contains(rate);
    }

    private static long sequence(String readings) {
        String last = readings.strip().substring(readings.strip().lastIndexOf('\n') + 1);
        return Long.parseLong(last.replaceAll(".*\"sequence\":(\\d+).*", "$1"));
    }

    @Test
    void aConsentThatIsGivenMeanwhileOpensNothing() {
        String patient = patient("restrict-emma");
        restricted(patient);
        Consent consent = WalkWorld.consent(Records.id("restrict-emma-consent"), patient);
        consent.setDateTime(new Date());
        assertThat(put("/Consent/" + Records.id("restrict-emma-consent"), TOKENS.patient(patient), consent)
                        .status())
                .isEqualTo(200);
        assertThat(get("/Patient/" + patient, clinician()).status()).isEqualTo(404);
    }

    @Test
    void thePatientIsToldWhyByConsentDecisionToo() {
        String patient = patient("restrict-frida");
        restricted(patient);
        Parameters asked = new Parameters();
        var caller = asked.addParameter().setName("caller");
        caller.addPart().setName("organization").setValue(new Reference("Organization/" + Records.CLINIC));
        asked.addParameter("purpose", new CodeType("TREAT"));
        var type = asked.addParameter().setName("type");
        type.addPart().setName("class").setValue(new CodeType("Observation"));
        Answer answer = post("/Patient/" + patient + "/$consent-decision", TOKENS.patient(patient), asked);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("RESTRICTED", "deny", "shown to nobody else")
                .doesNotContain("\"outcome\",\"valueCode\":\"permit\"");
    }

    @Test
    void itIsNotMerged() {
        String patient = patient("restrict-greta");
        String target = patient("restrict-greta-too");
        restricted(patient);
        Parameters merge = new Parameters()
                .addParameter("source-patient", new Reference("Patient/" + patient))
                .addParameter("target-patient", new Reference("Patient/" + target));
        assertThat(post("/Patient/$merge", TOKENS.loader(), merge).codes()).contains("SN-RESTRICTION-002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "both", "unknown-ground", "another", "false"})
    void otherFormsAreRefused(String fault) {
        String patient = Records.id("restrict-form");
        load(Records.household("restrict-form"));
        Parameters asked = new Parameters();
        asked.addParameter(
                "patient", new Reference("Patient/" + (fault.equals("another") ? WalkWorld.PATIENT : patient)));
        switch (fault) {
            case "both" -> asked.addParameter("lifted", true).addParameter("announced", true);
            case "unknown-ground" -> asked.addParameter("ground", new CodeType("because"));
            case "another" -> asked.addParameter("ground", new CodeType("unlawful"));
            case "false" -> asked.addParameter("lifted", false);
            default -> {
                // The patient alone.
            }
        }
        Answer answer = post("/Patient/" + patient + "/$restrict", TOKENS.loader(), asked);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.codes()).contains("SN-ERASURE-001");
    }

    @Test
    void whoIsNotHereIsUnknown() {
        assertThat(restrict(UUID.randomUUID().toString(), "ground", "unlawful").status())
                .isEqualTo(404);
    }
}
