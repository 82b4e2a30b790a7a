package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code $consent-decision} on the running server. Mia permits her clinic everything but blood pressures; her insurer
 * everything; a clinic that has no part in her care everything.
 */
class ConsentDecisionIT extends RunningServer {

    private static final DecisionWorld WORLD = new DecisionWorld("decisions");
    private static boolean loaded;

    @BeforeEach
    void consents() {
        if (loaded) {
            return;
        }
        loaded = true;
        WORLD.load();
        load(Records.transaction(consent()));
    }

    private static Consent consent() {
        Consent consent = WORLD.consent("consent-mia-1");
        ProvisionComponent clinic = Consents.permit(consent, WORLD.clinic(), Purpose.TREAT);
        clinic.addProvision().setType(ConsentProvisionType.DENY).addCode(code(DecisionWorld.PRESSURE));
        Consents.permit(consent, WORLD.insurer(), Purpose.HPAYMT);
        Consents.permit(consent, WORLD.otherClinic(), Purpose.TREAT);
        return consent;
    }

    private static CodeableConcept code(String token) {
        int bar = token.lastIndexOf('|');
        return new CodeableConcept(new Coding(token.substring(0, bar), token.substring(bar + 1), null));
    }

    private static Answer ask(CallerKind kind, Parameters asked) {
        return post("/" + WORLD.path(), WORLD.token(kind), asked);
    }

    private static List<ParametersParameterComponent> told(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return DecisionWorld.decisions((Parameters) answer.resource());
    }

    private static void assertTold(
            ParametersParameterComponent decision, String outcome, String rule, String provision) {
        assertThat(DecisionWorld.part(decision, "outcome")).isEqualTo(outcome);
        assertThat(DecisionWorld.part(decision, "rule")).isEqualTo(rule);
        assertThat(DecisionWorld.part(decision, "provision")).isEqualTo(provision);
    }

    private static Parameters ofClinic() {
        return DecisionWorld.ask(WORLD.clinic(), null, "TREAT");
    }

    private static String observation(String name) {
        return "Observation/" + WORLD.id(name);
    }

    @ParameterizedTest
    @EnumSource(names = {"PATIENT", "REPRESENTATIVE", "AUDITOR"})
    void whoMayAskIsToldRuleConsentAndProvisionOfEachRecord(CallerKind kind) {
        Answer answer =
                ask(kind, DecisionWorld.about(ofClinic(), List.of(observation("rate-1"), observation("pressure"))));

        List<ParametersParameterComponent> decisions = told(answer);
        assertThat(decisions).hasSize(2);
        assertThat(DecisionWorld.part(decisions.get(0), "resource")).isEqualTo(observation("rate-1"));
        assertTold(decisions.get(0), "permit", "PERMITTED", "Consent.provision.provision[0]");
        assertTold(decisions.get(1), "deny", "DENIED", "Consent.provision.provision[0].provision[0]");
        assertThat(decisions).allSatisfy(decision -> {
            assertThat(DecisionWorld.part(decision, "relationship")).isEqualTo("permit");
            assertThat(DecisionWorld.part(decision, "consent")).isEqualTo("Consent/" + WORLD.id("consent-mia-1"));
            assertThat(DecisionWorld.part(decision, "version")).isEqualTo("1");
            assertThat(DecisionWorld.part(decision, "draft")).isEmpty();
        });
        assertThat(DecisionWorld.part(decisions.get(0), "text-de"))
                .isEqualTo(
                        "Diese Stelle bekommt es. Eine Einwilligung erlaubt es zur Behandlung. Rechtsgrundlage: Art. 6"
                                + " Abs. 1 Buchst. a und Art. 9 Abs. 2 Buchst. a DSGVO (Einwilligung).");
        assertThat(basis(decisions.get(0))).containsExactly("CONSENT", "Art. 6(1)(a) GDPR", "Art. 9(2)(a) GDPR");
        assertThat(basis(decisions.get(1))).containsExactly("NO_CONSENT", "Art. 9(1) GDPR");
        assertThat(DecisionWorld.part(decisions.get(1), "text-en"))
                .isEqualTo("They are not given it. A consent denies it for treatment, and no more specific one permits"
                        + " it. Legal basis: Art. 9(1) GDPR (no data on health without consent).");
        assertThat(answer.body()).doesNotContain(Codes.BLOOD_PRESSURE_PANEL, "141", "Entscheidung");
    }

    private static List<String> basis(ParametersParameterComponent decision) {
        return decision.getPart().stream()
                .filter(part -> part.getName().equals("legal-basis"))
                .flatMap(part -> part.getPart().stream())
                .map(part -> part.getValue().primitiveValue())
                .toList();
    }

    /** No Consent gives it, and none takes it away: the pressure is denied to everybody else. */
    @ParameterizedTest
    @EnumSource(names = {"PATIENT", "REPRESENTATIVE", "AUDITOR"})
    void theOwnAccessIsARuleOfItsOwn(CallerKind kind) {
        Parameters asked = new Parameters().addParameter("purpose", new CodeType("PATRQT"));
        List<ParametersParameterComponent> decisions =
                told(ask(kind, DecisionWorld.about(asked, List.of(observation("rate-1"), observation("pressure")))));
        assertThat(decisions).hasSize(2).allSatisfy(decision -> {
            assertTold(decision, "permit", "OWN_ACCESS", "");
            assertThat(basis(decision)).containsExactly("OWN_ACCESS", "Art. 15 GDPR");
            assertThat(DecisionWorld.part(decision, "text-en")).startsWith("The patient, and who represents");
        });
    }

    @Test
    void dutiesAreARuleOfTheirOwnAndOpenNothing() {
        Parameters asked = new Parameters().addParameter("purpose", new CodeType("HSYSADMIN"));
        ParametersParameterComponent decision = told(ask(
                        CallerKind.PATIENT, DecisionWorld.about(asked, List.of(observation("rate-1")))))
                .get(0);
        assertTold(decision, "deny", "LEGAL_DUTY", "");
        assertThat(basis(decision)).contains("LEGAL_DUTY", "Art. 6(1)(c) GDPR", "§ 630f BGB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATRQT", "HSYSADMIN"})
    void whatGoesBesideTheConsentsIsAskedWithoutACaller(String purpose) {
        Parameters named = DecisionWorld.aboutType(DecisionWorld.ask(WORLD.clinic(), null, purpose), "Observation");
        assertThat(ask(CallerKind.PATIENT, named).codes()).containsExactly("SN-CONSENT-003");
        Parameters nobody = new Parameters().addParameter("purpose", new CodeType("TREAT"));
        assertThat(ask(CallerKind.PATIENT, DecisionWorld.aboutType(nobody, "Observation"))
                        .codes())
                .containsExactly("SN-CONSENT-003");
        Parameters ofNoah = new Parameters().addParameter("purpose", new CodeType(purpose));
        assertThat(post(
                                "/" + WORLD.path(),
                                TOKENS.patient(Records.id("decision-stranger")),
                                DecisionWorld.aboutType(ofNoah, "Observation"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aConsentAloneOpensNothing() {
        ParametersParameterComponent decision = told(ask(
                        CallerKind.PATIENT,
                        DecisionWorld.about(
                                DecisionWorld.ask(WORLD.otherClinic(), null, "TREAT"), List.of(observation("rate-1")))))
                .get(0);

        assertTold(decision, "deny", "PERMITTED", "Consent.provision.provision[2]");
        assertThat(DecisionWorld.part(decision, "relationship")).isEqualTo("deny");
        assertThat(DecisionWorld.part(decision, "text-de"))
                .contains("Die Einrichtung gehört nicht zum Behandlungsteam. Rechtsgrundlage: ");
    }

    @Test
    void whatStandsBesideTheConsentsIsToldToo() {
        Parameters insurer = DecisionWorld.ask(WORLD.insurer(), null, "HPAYMT");
        List<ParametersParameterComponent> ofInsurer = told(ask(
                CallerKind.PATIENT,
                DecisionWorld.about(insurer, List.of("Condition/" + WORLD.id("in-words"), observation("rate-1")))));
        assertTold(ofInsurer.get(0), "deny", "NOT_OPEN", "");
        assertTold(ofInsurer.get(1), "permit", "PERMITTED", "Consent.provision.provision[1]");
        assertTold(
                told(ask(
                                CallerKind.PATIENT,
                                DecisionWorld.aboutType(
                                        DecisionWorld.ask(WORLD.clinic(), null, "HRESCH"), "Observation")))
                        .get(0),
                "deny",
                "NOT_PERMITTED",
                "");
        assertTold(
                told(ask(
                                CallerKind.PATIENT,
                                DecisionWorld.aboutType(
                                        DecisionWorld.ask(WORLD.clinic(), null, "HOPERAT"), "Observation")))
                        .get(0),
                "deny",
                "NOBODY_ACTS",
                "");
        assertTold(
                told(ask(
                                CallerKind.PATIENT,
                                DecisionWorld.aboutType(
                                        DecisionWorld.ask(UUID.randomUUID().toString(), null, "TREAT"), "Observation")))
                        .get(0),
                "deny",
                "NOT_ADMITTED",
                "");
        assertTold(
                told(ask(
                                CallerKind.PATIENT,
                                DecisionWorld.aboutType(
                                        DecisionWorld.ask(Records.CENTRE, null, "CAREMGT"), "Observation")))
                        .get(0),
                "deny",
                "NOT_PERMITTED",
                "");
    }

    @Test
    void recordsThatNeedNotExistAreAskedAboutByTheirTimeToo() {
        Consent draft = WORLD.consent("consent-of-a-time");
        Consents.permit(draft, WORLD.clinic(), Purpose.TREAT).setDataPeriod(Consents.period("2030-01", "2030-06"));
        Parameters asked = ofClinic();
        DecisionWorld.timed(asked, "Procedure", Consents.period("2030-03-31", "2030-06-30"));
        DecisionWorld.timed(asked, "Procedure", new DateTimeType("2030-07-01T00:00:00+02:00"));
        DecisionWorld.aboutType(asked, "Procedure");
        Consent own = WORLD.consent("consent-mia-1").setStatus(ConsentState.INACTIVE);

        List<ParametersParameterComponent> decisions =
                told(ask(CallerKind.PATIENT, DecisionWorld.with(DecisionWorld.with(asked, own), draft)));

        assertThat(decisions)
                .extracting(decision -> DecisionWorld.part(decision, "outcome"))
                .containsExactly("permit", "deny", "deny");
        assertThat(decisions.get(0).getPart().get(0).getPart())
                .extracting(ParametersParameterComponent::getName)
                .containsExactly("class", "time");
    }

    @Test
    void recordsThatNeedNotExistAreAskedAboutByTypeAndCode() {
        Parameters asked = ofClinic();
        DecisionWorld.aboutType(asked, "Observation", DecisionWorld.HEART_RATE);
        DecisionWorld.aboutType(asked, "Observation", DecisionWorld.HEART_RATE, DecisionWorld.PRESSURE);
        DecisionWorld.aboutType(asked, "CarePlan");

        List<ParametersParameterComponent> decisions = told(ask(CallerKind.PATIENT, asked));

        assertTold(decisions.get(0), "permit", "PERMITTED", "Consent.provision.provision[0]");
        assertTold(decisions.get(1), "deny", "DENIED", "Consent.provision.provision[0].provision[0]");
        // A plan tells no codes, so that it is unknown whether the deny is about it.
        assertTold(decisions.get(2), "deny", "DENIED", "Consent.provision.provision[0].provision[0]");
        assertThat(decisions.get(0).getPart().get(0).getPart())
                .extracting(ParametersParameterComponent::getName)
                .containsExactly("class", "code");
    }

    @Test
    void aDraftIsExplainedAsIfItWereStoredAndNothingIs() {
        List<String> about = List.of(observation("rate-1"));
        Consent withdrawn = consent().setStatus(ConsentState.INACTIVE);
        Consent further = WORLD.consent("further");
        further.setId("");
        ProvisionComponent deny = Consents.permit(further, WORLD.clinic(), Purpose.TREAT);
        deny.setType(ConsentProvisionType.DENY).addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        long stored = stored("Consent");

        ParametersParameterComponent instead = told(ask(
                        CallerKind.PATIENT, DecisionWorld.with(DecisionWorld.about(ofClinic(), about), withdrawn)))
                .get(0);
        ParametersParameterComponent beside = told(ask(
                        CallerKind.PATIENT, DecisionWorld.with(DecisionWorld.about(ofClinic(), about), further)))
                .get(0);

        assertTold(instead, "deny", "NOT_PERMITTED", "");
        assertTold(beside, "deny", "DENIED", "Consent.provision.provision[0]");
        assertThat(DecisionWorld.part(beside, "draft")).isEqualTo("1");
        assertThat(DecisionWorld.part(beside, "consent")).isEmpty();
        assertThat(stored("Consent")).isEqualTo(stored);
        assertThat(get("/" + observation("rate-1"), WORLD.token(CallerKind.CLINIC_SYSTEM))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDraftThatCannotBeEnforcedIsRefusedAsAWriteOfItIs() {
        Consent draft = consent();
        draft.getProvision()
                .getProvision()
                .get(0)
                .addSecurityLabel(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "TBOO", null));

        Answer asked = ask(
                CallerKind.PATIENT,
                DecisionWorld.with(DecisionWorld.about(ofClinic(), List.of(observation("rate-1"))), draft));
        Answer written = put("/Consent/" + WORLD.id("consent-mia-1"), WORLD.token(CallerKind.PATIENT), draft);

        assertThat(asked.status()).isEqualTo(422).isEqualTo(written.status());
        assertThat(asked.codes()).containsExactly("SN-CONSENT-002").isEqualTo(written.codes());
        assertThat(asked.outcome().getIssueFirstRep().getDiagnostics())
                .isEqualTo(written.outcome().getIssueFirstRep().getDiagnostics());
        assertThat(asked.outcome().getIssueFirstRep().getExpression().get(0).asStringValue())
                .isEqualTo("Parameters.parameter[3].resource.provision.provision[0].securityLabel");
    }

    /** Otherwise the answers to drafts of many codes would tell which code the record carries. */
    @Test
    void whoOverseesTriesNoDraftOnARecord() {
        Parameters onRecord =
                DecisionWorld.with(DecisionWorld.about(ofClinic(), List.of(observation("rate-1"))), consent());
        Parameters onType = DecisionWorld.with(
                DecisionWorld.aboutType(ofClinic(), "Observation", DecisionWorld.PRESSURE), consent());

        assertThat(ask(CallerKind.AUDITOR, onRecord).codes()).containsExactly("SN-CONSENT-003");
        assertTold(
                told(ask(CallerKind.AUDITOR, onType)).get(0),
                "deny",
                "DENIED",
                "Consent.provision.provision[0].provision[0]");
    }

    @Test
    void atTellsOfAnotherTime() {
        Consent later = consent();
        Instant year = Instant.now().plus(400, ChronoUnit.DAYS);
        later.getProvision().getProvision().get(0).getPeriod().setStartElement(new DateTimeType(year.toString()));
        List<String> about = List.of(observation("rate-1"));

        ParametersParameterComponent now = told(ask(
                        CallerKind.PATIENT, DecisionWorld.with(DecisionWorld.about(ofClinic(), about), later)))
                .get(0);
        Answer then = ask(
                CallerKind.PATIENT,
                DecisionWorld.at(
                        DecisionWorld.with(DecisionWorld.about(ofClinic(), about), later), year.plusSeconds(60)));

        assertTold(now, "deny", "NOT_PERMITTED", "");
        assertTold(told(then).get(0), "permit", "PERMITTED", "Consent.provision.provision[0]");
        InstantType at =
                (InstantType) ((Parameters) then.resource()).getParameter("at").getValue();
        assertThat(at.getValue().toInstant()).isEqualTo(year.plusSeconds(60).truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void anotherPatientIsAnsweredLikeOneWhoDoesNotExist() {
        Parameters asked = DecisionWorld.aboutType(ofClinic(), "Observation");
        String stranger = TOKENS.patient(WORLD.id("noah"));
        Answer foreign = post("/" + WORLD.path(), stranger, asked);
        String nobody = UUID.randomUUID().toString();
        Answer unknown = post("/Patient/" + nobody + "/$consent-decision", stranger, asked);

        assertThat(foreign.status()).isEqualTo(404).isEqualTo(unknown.status());
        assertThat(foreign.body().replace(WORLD.patient(), nobody)).isEqualTo(unknown.body());
        assertThat(post("/Patient/" + nobody + "/$consent-decision", TOKENS.auditor(), asked)
                        .status())
                .isEqualTo(404);
        String former = WalkWorld.representative(UUID.randomUUID().toString(), WORLD.patient());
        assertThat(post("/" + WORLD.path(), former, asked).status()).isEqualTo(404);
    }

    @Test
    void anotherPatientsRecordIsAnsweredLikeOneThatDoesNotExist() {
        for (CallerKind kind : List.of(CallerKind.PATIENT, CallerKind.AUDITOR)) {
            String foreign = "Device/" + WORLD.id("cuff-noah");
            String nothing = "Device/" + UUID.randomUUID();
            Answer ofNoah = ask(kind, DecisionWorld.about(ofClinic(), List.of(foreign)));
            Answer ofNobody = ask(kind, DecisionWorld.about(ofClinic(), List.of(nothing)));
            assertThat(ofNoah.status()).isEqualTo(404).isEqualTo(ofNobody.status());
            assertThat(ofNoah.body().replace(foreign, nothing)).isEqualTo(ofNobody.body());
        }
        assertThat(ask(CallerKind.PATIENT, DecisionWorld.about(ofClinic(), List.of("Organization/" + WORLD.clinic())))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"PATIENT", "REPRESENTATIVE", "AUDITOR"})
    void nobodyElseMayAsk(CallerKind kind) {
        assertThat(ask(kind, DecisionWorld.aboutType(ofClinic(), "Observation")).codes())
                .containsExactly("SN-OPERATION-001");
    }

    @Test
    void theTokenNeedsAScopeForConsents() {
        String token = TOKENS.token(CallerKind.PATIENT, claims -> claims.claim("patient", WORLD.patient())
                .claim("fhirUser", "Patient/" + WORLD.patient())
                .claim("scope", "patient/Patient.rs patient/Observation.rs"));
        assertThat(post("/" + WORLD.path(), token, DecisionWorld.aboutType(ofClinic(), "Observation"))
                        .codes())
                .containsExactly("SN-SCOPE-001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no purpose",
                "own purpose",
                "unknown purpose",
                "no caller",
                "nothing asked",
                "too much",
                "a date",
                "a directory type",
                "a code that is not told",
                "another parameter",
                "a doctor of an insurer",
                "another patient's draft",
                "a draft that is none"
            })
    void whatIsNotTakenIsSaid(String fault) {
        Parameters asked = fault.equals("no caller") ? new Parameters() : ofClinic();
        Consent ofNoah = consent();
        ofNoah.setPatient(new Reference("Patient/" + WORLD.id("noah")));
        Map<String, Runnable> faults = Map.ofEntries(
                Map.entry("no purpose", () -> asked.getParameter().remove(1)),
                Map.entry("own purpose", () -> asked.getParameter().get(1).setValue(new CodeType("PATRQT"))),
                Map.entry("unknown purpose", () -> asked.getParameter().get(1).setValue(new CodeType("PATADMIN"))),
                Map.entry("no caller", () -> asked.addParameter("purpose", new CodeType("TREAT"))),
                Map.entry("nothing asked", () -> {}),
                Map.entry("too much", () -> {
                    for (int i = 0; i < 100; i++) {
                        DecisionWorld.aboutType(asked, "Goal");
                    }
                }),
                Map.entry("a date", () -> asked.addParameter("at", new DateTimeType("2026-11-23"))),
                Map.entry("a directory type", () -> DecisionWorld.aboutType(asked, "Organization")),
                Map.entry(
                        "a code that is not told",
                        () -> DecisionWorld.aboutType(asked, "CarePlan", DecisionWorld.PRESSURE)),
                Map.entry("another parameter", () -> asked.addParameter("mode", new StringType("x"))),
                Map.entry("a doctor of an insurer", () -> {
                    asked.getParameter().get(1).setValue(new CodeType("HPAYMT"));
                    asked.getParameter()
                            .get(0)
                            .addPart()
                            .setName("practitioner")
                            .setValue(new Reference("Practitioner/" + Records.PRACTITIONER));
                }),
                Map.entry("another patient's draft", () -> DecisionWorld.with(asked, ofNoah)),
                Map.entry(
                        "a draft that is none",
                        () -> asked.addParameter().setName("consent").setValue(new StringType("x"))));
        if (!fault.equals("nothing asked")) {
            DecisionWorld.aboutType(asked, "Observation");
        }
        Objects.requireNonNull(faults.get(fault)).run();

        Answer answer = ask(CallerKind.PATIENT, asked);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly("SN-CONSENT-003");
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).contains("docs/consent.md");
    }

    @Test
    void recordsAreAskedAboutAsTheyAreNow() {
        String asked = json(DecisionWorld.about(ofClinic(), List.of(observation("rate-1"))));
        Answer answer = post(
                "/" + WORLD.path(),
                WORLD.token(CallerKind.PATIENT),
                asked.replace(observation("rate-1"), observation("rate-1") + "/_history/1"));
        assertThat(answer.codes()).containsExactly("SN-CONSENT-003");
    }

    @Test
    void itIsPostedAndNothingOfItStandsInAnUrl() {
        assertThat(get("/" + WORLD.path(), WORLD.token(CallerKind.PATIENT)).status())
                .isBetween(400, 405);
        assertThat(post(
                                "/" + WORLD.path() + "?purpose=TREAT",
                                WORLD.token(CallerKind.PATIENT),
                                DecisionWorld.aboutType(ofClinic(), "Observation"))
                        .codes())
                .containsExactly("SN-SEARCH-001");
    }

    @Test
    void thePatientSeesWhoAsked() {
        Answer asked = ask(CallerKind.AUDITOR, DecisionWorld.about(ofClinic(), List.of(observation("rate-1"))));

        assertThat(Audited.by(asked)).singleElement().satisfies(event -> {
            assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0);
            assertThat(Audited.query(event)).isEqualTo("POST " + BASE + "/" + WORLD.path());
            List<String> named = new ArrayList<>();
            event.getEntity().forEach(entity -> named.add(entity.getWhat().getReference()));
            assertThat(named)
                    .anySatisfy(what -> assertThat(what).startsWith("Patient/" + WORLD.patient()))
                    .anySatisfy(what -> assertThat(what).startsWith("Consent/" + WORLD.id("consent-mia-1")));
        });
        Answer log = get("/Patient/" + WORLD.patient() + "/$access-log?count=5", WORLD.token(CallerKind.PATIENT));
        assertThat(log.body()).contains("An auditor");
        Answer refused = ask(CallerKind.CLINIC_SYSTEM, DecisionWorld.aboutType(ofClinic(), "Observation"));
        Audited.refusal(refused, "SN-OPERATION-001");
    }
}
