package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Period;
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
    void aRefusalOnPaperIsADenyAndNeedsNoVerification() {
        String patient = patient("cora");
        post("/Consent", recorder(), paper("cora", "1"));
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(200);
        Consent refusal = paper("cora", "2");
        refusal.setVerification(null);
        refusal.getProvision().getProvisionFirstRep().setType(ConsentProvisionType.DENY);

        Answer recorded = post("/Consent", recorder(), refusal);

        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(404);
        refusal.setId(id(recorded));
        refusal.setStatus(ConsentState.INACTIVE);
        assertThat(refusal(put("/Consent/" + id(recorded), recorder(), refusal)))
                .as("to end it would open what the patient has closed")
                .isEqualTo("403 SN-CONTENT-001");
    }

    /** By the app, narrower than any deny; by paper; to the team; to others as well. */
    @Test
    void aWithdrawalOnPaperEndsWhateverTheClinicIsPermitted() {
        String patient = patient("ida");
        Consent app = WalkWorld.consent(Records.id("no id"), patient);
        app.setId((String) null);
        app.getProvision().getProvisionFirstRep().addClass_(new Coding(Codes.RESOURCE_TYPES, "Patient", null));
        String appPath = "/Consent/" + id(post("/Consent", TOKENS.patient(patient), app));
        Consent paper = paper("ida", "1");
        paper.getProvision()
                .getProvisionFirstRep()
                .addActor()
                .setRole(paper.getProvision()
                        .getProvisionFirstRep()
                        .getActorFirstRep()
                        .getRole())
                .setReference(new Reference("CareTeam/" + Records.id("recorder-ida-team")));
        String paperPath = "/Consent/" + id(post("/Consent", recorder(), paper));
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(200);
        Consent before = (Consent) get(paperPath, TOKENS.patient(patient)).resource();

        Answer recorded = post("/Consent", recorder(), withdrawal("ida", "2"));

        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        for (String closed : List.of("/Patient/" + patient, "/Observation?patient=" + patient)) {
            Answer answer = get(closed, TOKENS.clinician(Records.CLINIC));
            assertThat(answer.status() == 404 || answer.bundle().getTotal() == 0)
                    .as(closed)
                    .isTrue();
        }
        Consent left = (Consent) get(appPath, TOKENS.patient(patient)).resource();
        assertThat(left.getStatus()).isEqualTo(ConsentState.ACTIVE);
        assertThat(actors(left))
                .doesNotContain("Organization/" + Records.CLINIC)
                .contains("Organization/" + Records.INSURER);
        Consent team = (Consent) get(paperPath, TOKENS.patient(patient)).resource();
        assertThat(((Reference) team.getSource()).getReference()).isEqualTo("Consent/" + id(recorded));
        assertThat(team.getVerification()).isEmpty();
        Consent version =
                (Consent) get(paperPath + "/_history/" + before.getMeta().getVersionId(), TOKENS.patient(patient))
                        .resource();
        assertThat(version.equalsDeep(before))
                .as("what was signed stays readable")
                .isTrue();
        Consent signed = (Consent)
                get("/Consent/" + id(recorded), TOKENS.patient(patient)).resource();
        assertThat(((Attachment) signed.getSource()).getData()).startsWith('%', 'P', 'D', 'F');
        assertThat(notices(patient)).anyMatch(notice -> notice.contains("Widerruf") && notice.contains(": 2."));
        assertThat(get("/Patient/" + patient + "/$access-log", TOKENS.patient(patient))
                        .body())
                .containsPattern("An admission desk[^\"]* changed your consents \\(2\\)");

        Consent again = paper("ida", "3");
        again.setDateTime(new Date());
        again.getVerificationFirstRep().setVerificationDate(new Date());
        assertThat(post("/Consent", recorder(), again).status()).isEqualTo(201);
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .as("the team's Consent names the clinic apart now, and denies it")
                .isEqualTo(404);
        team.setStatus(ConsentState.INACTIVE);
        assertThat(put(paperPath, TOKENS.patient(patient), team).status()).isEqualTo(200);
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(200);
    }

    @Test
    void aWithdrawalOnPaperEndsTheConsentThatItNamesAndNoOther() {
        String patient = patient("jan");
        Consent app = WalkWorld.consent(Records.id("no id"), patient);
        app.setId((String) null);
        String named = id(post("/Consent", TOKENS.patient(patient), app));
        String other = id(post("/Consent", recorder(), paper("jan", "1")));
        Consent withdrawal = naming(withdrawal("jan", "2"), named);

        Answer recorded = post("/Consent", recorder(), withdrawal);

        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        assertThat(status(named, patient)).isEqualTo(ConsentState.INACTIVE);
        assertThat(status(other, patient)).isEqualTo(ConsentState.ACTIVE);
        Consent left =
                (Consent) get("/Consent/" + named, TOKENS.patient(patient)).resource();
        assertThat(left.getProvision().equalsDeep(app.getProvision())).isTrue();
        assertThat(left.getSource().equalsDeep(app.getSource())).isTrue();
        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(200);

        // To end the paper itself brings nothing back.
        withdrawal.setId(id(recorded));
        withdrawal.setStatus(ConsentState.ENTEREDINERROR);
        Answer taken = put("/Consent/" + id(recorded), recorder(), withdrawal);
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(status(named, patient)).isEqualTo(ConsentState.INACTIVE);
    }

    @Test
    void whatWasGivenAfterThePaperWasSignedStays() {
        String patient = patient("karl");
        Consent later = WalkWorld.consent(Records.id("no id"), patient);
        later.setId((String) null);
        later.getDateTimeElement().setValueAsString("2026-02-01T00:00:00+01:00");
        post("/Consent", TOKENS.patient(patient), later);

        Consent withdrawal = withdrawal("karl", "1");
        withdrawal.getDateTimeElement().setValueAsString("2026-01-31");
        assertThat(post("/Consent", recorder(), withdrawal).status()).isEqualTo(201);

        assertThat(get("/Patient/" + patient, TOKENS.clinician(Records.CLINIC)).status())
                .isEqualTo(200);
    }

    @Test
    void aWithdrawalThatIsNoneEndsNothing() {
        String patient = patient("lena");
        String own = id(post("/Consent", recorder(), paper("lena", "1")));
        String stranger = patient("mark");
        String foreign =
                id(post("/Consent", TOKENS.patient(stranger), paper("mark", "1").setVerification(null)));
        Answer unknown = post("/Consent", recorder(), naming(withdrawal("lena", "2"), Records.id("no-such-consent")));
        Answer ofAnother = post("/Consent", recorder(), naming(withdrawal("lena", "2"), foreign));
        assertThat(refusal(unknown)).isEqualTo("422 SN-REFERENCE-001");
        assertThat(ofAnother.body()).isEqualTo(unknown.body());
        List<Consumer<Consent>> faults = List.of(
                consent -> consent.setSource(null),
                consent -> ((Attachment) consent.getSource()).setHash(SignedPaper.sha1(new byte[] {1})),
                consent -> ((Attachment) consent.getSource()).setContentType("image/png"),
                consent -> consent.setPerformer(null),
                consent -> consent.setIdentifier(null),
                consent -> consent.getDateTimeElement().setValueAsString("2199-01-01T00:00:00Z"),
                consent -> naming(consent, own)
                        .getProvision()
                        .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null)),
                consent -> consent.addExtension(
                        new Extension(Canonicals.CONSENT_WITHDRAWS, new Reference("Patient/" + patient))),
                consent -> consent.addExtension(new Extension(
                        Canonicals.CONSENT_WITHDRAWS, new Reference().setIdentifier(consent.getIdentifierFirstRep()))));
        for (int i = 0; i < faults.size(); i++) {
            Consent paper = withdrawal("lena", "fault-" + i);
            faults.get(i).accept(paper);
            assertThat(refusal(post("/Consent", recorder(), paper)))
                    .as("fault %d", i)
                    .isIn("422 SN-CONSENT-004", "422 SN-REFERENCE-001", "422 SN-PROFILE-001");
        }
        String elsewhere = TOKENS.token(CallerKind.CONSENT_RECORDER, claims -> claims.claim("organization", OTHER));
        load(Records.transaction(Records.organization(OTHER, "Praxis")));
        Consent others = withdrawal("lena", "3");
        others.setOrganization(List.of(new Reference("Organization/" + OTHER)));
        assertThat(refusal(post("/Consent", elsewhere, others))).isEqualTo("422 SN-REFERENCE-001");
        assertThat(post("/Consent", TOKENS.patient(patient), naming(withdrawal("lena", "4"), own))
                        .codes())
                .containsExactly("SN-CONSENT-004");
        assertThat(status(own, patient)).isEqualTo(ConsentState.ACTIVE);
        assertThat(status(foreign, stranger)).isEqualTo(ConsentState.ACTIVE);
    }

    /** The patient consents again; the old paper is sent once more. */
    @Test
    void aPaperWithdrawsOnce() {
        String patient = patient("nina");
        Consent withdrawal = withdrawal("nina", "1");
        id(post("/Consent", recorder(), withdrawal));
        String own =
                id(post("/Consent", TOKENS.patient(patient), paper("nina", "2").setVerification(null)));
        assertThat(refusal(post("/Consent", recorder(), withdrawal))).isEqualTo("422 SN-CONSENT-004");
        for (String condition : List.of("nina-1", "another")) {
            Answer conditional = send(request("/Consent", recorder())
                    .header("Content-Type", "application/fhir+json")
                    .header("If-None-Exist", "identifier=" + SignedPaper.NUMBERS + "|" + condition)
                    .POST(BodyPublishers.ofString(json(withdrawal))));
            assertThat(refusal(conditional))
                    .as(condition)
                    .isEqualTo(condition.equals("nina-1") ? "422 SN-CONSENT-004" : "403 SN-CONDITION-001");
        }
        assertThat(refusal(post("", recorder(), Records.transaction(withdrawal))))
                .startsWith("422");
        assertThat(status(own, patient)).isEqualTo(ConsentState.ACTIVE);
    }

    /** A document proves what was signed; the patient's own change is no longer that. */
    @Test
    void whoChangesAPaperConsentTakesThePaperOff() {
        String patient = patient("olga");
        String path = "/Consent/" + id(post("/Consent", recorder(), paper("olga", "1")));
        Consent stored = (Consent) get(path, TOKENS.patient(patient)).resource();
        stored.getProvision().getProvisionFirstRep().addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));

        Answer kept = put(path, TOKENS.patient(patient), stored);
        assertThat(kept.status()).isEqualTo(422);
        assertThat(kept.codes()).containsOnly("SN-CONSENT-004").hasSize(2);
        assertThat(kept.body()).contains("Consent.source.ofType(Attachment)", "Consent.verification", "leave it out");
        assertThat(Ward.jsonPatch(
                                path,
                                TOKENS.patient(patient),
                                "[{\"op\":\"replace\",\"path\":\"/provision/provision/0/purpose/0/code\",\"value\":\"HRESCH\"}]")
                        .status())
                .isEqualTo(422);

        stored.setVerification(null);
        stored.setSource(new Attachment().setContentType("text/plain").setTitle("Changed in the app"));
        Answer changed = put(path, TOKENS.patient(patient), stored);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(((Consent) get(path + "/_history/1", TOKENS.patient(patient)).resource()).getSource())
                .isInstanceOfSatisfying(Attachment.class, document -> assertThat(document.getData())
                        .isNotEmpty());
    }

    /** Who could not sign then, another own patient's people, and teams of others are as unknown as nobody. */
    @Test
    void whomARecorderMayNotKnowIsAnsweredAsNobody() {
        String patient = patient("paul");
        String other = patient("rosa");
        Period ended = new Period()
                .setStartElement(new DateTimeType("2019-01-01"))
                .setEndElement(new DateTimeType("2020-01-01"));
        Period open = new Period().setStartElement(new DateTimeType("2020-01-01"));
        load(Records.transaction(
                Records.organization(OTHER, "Praxis"),
                WalkWorld.daughter(Records.id("recorder-paul-former"), patient, ended),
                WalkWorld.daughter(Records.id("recorder-paul-daughter"), patient, open),
                WalkWorld.daughter(Records.id("recorder-rosa-daughter"), other, open),
                Records.careTeam(Records.id("recorder-paul-other-team"), patient, OTHER)));
        String nobody = Records.id("recorder-nobody-at-all");
        String unknown = signedBy(nobody).body().replace(nobody, "X");
        for (String name : List.of("recorder-paul-former", "recorder-rosa-daughter")) {
            assertThat(signedBy(Records.id(name)).body().replace(Records.id(name), "X"))
                    .as(name)
                    .isEqualTo(unknown);
        }
        assertThat(signedBy(Records.id("recorder-paul-daughter")).status()).isEqualTo(201);
        String unknownTeam = permittingTeam(nobody).body().replace(nobody, "X");
        for (String name : List.of("recorder-paul-other-team", "recorder-rosa-team")) {
            assertThat(permittingTeam(Records.id(name)).body().replace(Records.id(name), "X"))
                    .as(name)
                    .isEqualTo(unknownTeam);
        }
        assertThat(permittingTeam(Records.id("recorder-paul-team")).status()).isEqualTo(201);
    }

    private static Answer signedBy(String person) {
        Consent paper = paper("paul", person);
        Reference signer = new Reference("RelatedPerson/" + person);
        paper.setPerformer(List.of(signer));
        paper.getVerificationFirstRep().setVerifiedWith(signer.copy());
        return post("/Consent", recorder(), paper);
    }

    private static Answer permittingTeam(String team) {
        Consent paper = paper("paul", team);
        paper.getProvision()
                .getProvisionFirstRep()
                .getActorFirstRep()
                .getReference()
                .setReference("CareTeam/" + team);
        return post("/Consent", recorder(), paper);
    }

    /** Says nothing but that what was permitted ends; signed after all that these tests give. */
    private static Consent withdrawal(String name, String number) {
        Consent withdrawal = paper(name, number);
        withdrawal.setVerification(null);
        withdrawal.getProvision().setProvision(null);
        withdrawal.getDateTimeElement().setValueAsString("2026-03-01T09:00:00+01:00");
        return withdrawal;
    }

    private static Consent naming(Consent withdrawal, String id) {
        withdrawal.addExtension(new Extension(Canonicals.CONSENT_WITHDRAWS, new Reference("Consent/" + id)));
        return withdrawal;
    }

    private static ConsentState status(String id, String patient) {
        return ((Consent) get("/Consent/" + id, TOKENS.patient(patient)).resource()).getStatus();
    }

    private static List<String> actors(Consent consent) {
        return consent.getProvision().getProvision().stream()
                .flatMap(provision -> provision.getActor().stream())
                .map(actor -> actor.getReference().getReference())
                .toList();
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
