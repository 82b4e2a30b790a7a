package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.server.projection.Consents;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** A clinic's admission desk records what patients have signed on paper, and learns nothing by it. */
class ConsentRecorderIT extends RunningServer {

    private static final String OTHER = Records.id("recorder-other-clinic");

    @Test
    void aPaperOfANewPatientPermitsTreatmentAndThePatientIsTold() {
        String patient = patient("anna");
        String clinician = TOKENS.clinician(Records.CLINIC);
        assertThat(get("/Patient/" + patient, clinician).status()).isEqualTo(404);

        Answer recorded = post("/Consent", recorder(), paper("anna", "1"));

        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        assertThat(get("/Patient/" + patient, clinician).status()).isEqualTo(200);
        Consent stored = (Consent)
                get("/Consent/" + id(recorded), TOKENS.patient(patient)).resource();
        assertThat(((Attachment) stored.getSource()).getData()).startsWith('%', 'P', 'D', 'F');
        assertThat(notices(patient)).singleElement().asString().contains("unterschrieben");
        assertThat(get("/Patient/" + patient + "/$access-log", TOKENS.patient(patient))
                        .body())
                .contains("An admission desk");

        stored.setStatus(ConsentState.INACTIVE);
        Answer ended = put("/Consent/" + id(recorded), TOKENS.patient(patient), stored);
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(get("/Patient/" + patient, clinician).status()).isEqualTo(404);
    }

    @Test
    void whatIsRecordedIsEndedWithoutAPaperAndNothingElseOfItIsChanged() {
        String patient = patient("bert");
        Consent paper = paper("bert", "1");
        String path = "/Consent/" + id(post("/Consent", recorder(), paper));
        paper.setId(path.substring("/Consent/".length()));

        Consent wider = paper.copy();
        Consents.permit(wider, OTHER, Purpose.TREAT);
        assertThat(refusal(put(path, recorder(), wider))).isEqualTo("403 SN-CONTENT-001");
        wider.setStatus(ConsentState.INACTIVE);
        assertThat(refusal(put(path, recorder(), wider))).isEqualTo("403 SN-CONTENT-001");

        paper.setStatus(ConsentState.INACTIVE);
        Answer ended = put(path, recorder(), paper);
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(404);
        assertThat(notices(patient)).hasSize(2);
        paper.setStatus(ConsentState.ACTIVE);
        assertThat(refusal(put(path, recorder(), paper))).isEqualTo("403 SN-CONTENT-001");
    }

    @Test
    void aWithdrawalOnPaperIsADenyAndNeedsNoVerification() {
        String patient = patient("cora");
        post("/Consent", recorder(), paper("cora", "1"));
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(200);
        Consent withdrawal = paper("cora", "2");
        withdrawal.setVerification(null);
        withdrawal.getProvision().getProvisionFirstRep().setType(ConsentProvisionType.DENY);

        Answer recorded = post("/Consent", recorder(), withdrawal);

        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(404);
    }

    @Test
    void aPaperThatIsNoneIsRefused() {
        String patient = patient("dora");
        List<Consumer<Consent>> faults = List.of(
                consent -> consent.setSource(null),
                consent -> consent.setSource(
                        new Attachment().setContentType("application/pdf").setTitle("Elsewhere")),
                consent -> consent.setSource(new Reference("Consent/" + Records.id("anything"))),
                consent -> ((Attachment) consent.getSource()).setHash(null),
                consent -> ((Attachment) consent.getSource()).setHash(SignedPaper.sha1(new byte[] {1})),
                consent -> ((Attachment) consent.getSource()).setContentType("text/plain"),
                consent -> ((Attachment) consent.getSource()).setContentType("image/png"),
                consent -> consent.setSource(SignedPaper.pdf("%PDF-" + "x".repeat(4 << 20))),
                consent -> consent.setIdentifier(null),
                consent -> consent.setDateTime(null),
                consent -> consent.getDateTimeElement().setValueAsString("2199-01-01T00:00:00Z"),
                consent -> consent.setPerformer(null),
                consent -> consent.getPerformerFirstRep().setReference("Organization/" + Records.CLINIC),
                consent -> consent.setOrganization(List.of(new Reference("Organization/" + OTHER))),
                consent -> consent.setVerification(null),
                consent -> consent.getVerificationFirstRep().setVerified(false),
                consent -> consent.getVerificationFirstRep().setVerificationDate(new Date(0)),
                consent -> consent.getVerificationFirstRep().setVerifiedWith(null),
                consent -> consent.setStatus(ConsentState.INACTIVE));
        for (int i = 0; i < faults.size(); i++) {
            Consent paper = paper("dora", "fault-" + i);
            faults.get(i).accept(paper);
            assertThat(refusal(post("/Consent", recorder(), paper)))
                    .as("fault %d", i)
                    .isIn("422 SN-CONSENT-004", "422 SN-REFERENCE-001", "422 SN-PROFILE-001");
        }
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(404);
        assertThat(notices(patient)).isEmpty();
    }

    @Test
    void theOwnOrganizationIsPermittedTreatmentAlone() {
        patient("emil");
        for (Purpose purpose : List.of(Purpose.HPAYMT, Purpose.CAREMGT, Purpose.HRESCH)) {
            Consent own = paper("emil", "own-" + purpose);
            own.getProvision().setProvision(null);
            Consents.permit(own, Records.CLINIC, purpose);
            assertThat(refusal(post("/Consent", recorder(), own))).isEqualTo("422 SN-CONSENT-004");
            Consent team = paper("emil", "team-" + purpose);
            team.getProvision().setProvision(null);
            Consents.permit(team, Records.CLINIC, purpose)
                    .getActorFirstRep()
                    .getReference()
                    .setReference("CareTeam/" + Records.id("recorder-emil-team"));
            assertThat(refusal(post("/Consent", recorder(), team))).isEqualTo("422 SN-CONSENT-004");
            Consent other = paper("emil", "other-" + purpose);
            other.getProvision().setProvision(null);
            Consents.permit(other, Records.INSURER, purpose);
            assertThat(post("/Consent", recorder(), other).status()).isEqualTo(201);
        }
    }

    @Test
    void anotherClinicsPatientIsAsUnknownAsNobody() {
        String patient = Records.id("recorder-fritz");
        load(Records.transaction(
                Records.organization(OTHER, "Praxis"),
                Records.patient(patient),
                Records.careTeam(Records.id("recorder-fritz-team"), patient, OTHER)));
        Answer other = post("/Consent", recorder(), paper("fritz", "1"));
        Answer nobody = post("/Consent", recorder(), paper("nobody", "1"));
        assertThat(refusal(other)).isEqualTo("422 SN-REFERENCE-001");
        assertThat(other.body().replace(patient, "X"))
                .isEqualTo(nobody.body().replace(Records.id("recorder-nobody"), "X"));
        assertThat(refusal(post("/Consent/$validate", recorder(), paper("fritz", "1"))))
                .startsWith("200");
    }

    @Test
    void whatOthersHaveGivenIsNeitherSeenNorNamedNorEnded() {
        String patient = patient("greta");
        Consent given = WalkWorld.consent(Records.id("recorder-greta-own"), patient);
        given.setId((String) null);
        given.addIdentifier().setSystem(SignedPaper.NUMBERS).setValue("greta-1");
        String path = "/Consent/" + id(post("/Consent", TOKENS.patient(patient), given));
        String unknown = "/Consent/" + Records.id("recorder-no-consent");
        given.setId(path.substring("/Consent/".length()));
        given.setStatus(ConsentState.INACTIVE);

        Answer ended = put(path, recorder(), given);
        given.setId(unknown.substring("/Consent/".length()));
        Answer none = put(unknown, recorder(), given);
        assertThat(ended.status()).isEqualTo(404);
        assertThat(ended.body().replace(path.substring(9), "X"))
                .isEqualTo(none.body().replace(unknown.substring(9), "X"));
        for (String closed : List.of(path, "/Consent?patient=" + patient, "/Patient/" + patient, path + "/_history")) {
            assertThat(get(closed, recorder()).status()).as(closed).isEqualTo(403);
        }
        assertThat(Ward.jsonPatch(path, recorder(), "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"active\"}]")
                        .status())
                .isEqualTo(403);
        assertThat(put("/Consent?identifier=" + SignedPaper.NUMBERS + "%7Cgreta-1", recorder(), paper("greta", "1"))
                        .status())
                .isEqualTo(403);
        Answer sameNumber = send(request("/Consent", recorder())
                .header("Content-Type", "application/fhir+json")
                .header("If-None-Exist", "identifier=" + SignedPaper.NUMBERS + "|greta-1")
                .POST(BodyPublishers.ofString(json(paper("greta", "1")))));
        assertThat(sameNumber.status()).as(sameNumber.body()).isEqualTo(201);
        Consent naming = paper("greta", "2");
        naming.getProvision()
                .getProvisionFirstRep()
                .addData()
                .setMeaning(ConsentDataMeaning.INSTANCE)
                .setReference(new Reference(path.substring(1)));
        assertThat(refusal(post("/Consent", recorder(), naming))).isEqualTo("422 SN-REFERENCE-001");
    }

    @Test
    void noOtherWayLeadsAround() {
        patient("hans");
        Consent bare = paper("hans", "1");
        ((Attachment) bare.getSource()).setData(null);
        Bundle transaction = Records.transaction(bare, paper("hans", "2"));
        assertThat(refusal(post("", recorder(), transaction))).isEqualTo("422 SN-CONSENT-004");
        assertThat(stored("Consent")).isEqualTo(count(() -> post("", recorder(), transaction)));
        Consent chosen = paper("hans", "3");
        chosen.setId(Records.id("recorder-chosen"));
        assertThat(put("/Consent/" + Records.id("recorder-chosen"), recorder(), chosen)
                        .status())
                .isEqualTo(404);
        assertThat(refusal(post(
                        "",
                        recorder(),
                        Records.transaction(Records.heartRate(
                                Records.id("recorder-hans"), Records.id("recorder-hans-cuff"), "x")))))
                .startsWith("403");
        assertThat(new ImportClient(recorder(), "test-consent-recorder")
                        .kickOff(ImportClient.order("Consent", "papers.ndjson"))
                        .status())
                .isEqualTo(403);
        assertThat(post("/Consent", TOKENS.clinicSystem(Records.CLINIC), paper("hans", "4"))
                        .status())
                .isEqualTo(403);
    }

    private long count(Runnable work) {
        work.run();
        return stored("Consent");
    }

    private static String patient(String name) {
        load(Records.household("recorder-" + name));
        return Records.id("recorder-" + name);
    }

    /** Permits the recorder's clinic treatment, and nobody else anything. */
    private static Consent paper(String name, String number) {
        Consent consent = WalkWorld.consent(Records.id("no id"), Records.id("recorder-" + name));
        consent.getProvision().setProvision(null);
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT);
        return SignedPaper.of(consent, name + "-" + number);
    }

    private static String recorder() {
        return TOKENS.token(CallerKind.CONSENT_RECORDER, claims -> claims.claim("organization", Records.CLINIC));
    }

    private static List<String> notices(String patient) {
        return get("/Communication?patient=" + patient, TOKENS.patient(patient)).bundle().getEntry().stream()
                .map(entry -> ((Communication) entry.getResource())
                        .getPayloadFirstRep()
                        .getContentStringType()
                        .getValue())
                .toList();
    }

    private static String id(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new IdType(answer.header("Location").orElseThrow()).getIdPart();
    }

    private static String refusal(Answer answer) {
        return answer.status()
                + (answer.status() < 400
                        ? ""
                        : " "
                                + answer.outcome()
                                        .getIssueFirstRep()
                                        .getDetails()
                                        .getCodingFirstRep()
                                        .getCode());
    }
}
