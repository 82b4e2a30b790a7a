package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing.EventTiming;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code CarePlan/$print}: a plan with a goal, a tablet and a secret one, as PDF and HTML. */
class PrintIT extends RunningServer {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final LocalDate START =
            LocalDate.now(ZoneId.of("Europe/Berlin")).minusDays(5);
    private static int wards;

    private String name = "";
    private String patient = "";
    private String clinician = "";
    private String path = "";

    @BeforeEach
    void aPlan() {
        name = "print-" + wards++;
        patient = Ward.open(name);
        clinician = TOKENS.clinician(Records.CLINIC);
        load(Records.transaction(goal(), tablet("open", "Bisoprolol 2,5 mg"), secret()));
        load(Records.transaction(plan(CarePlanStatus.ACTIVE)));
        path = "/CarePlan/" + Records.id(name + "-plan") + "/$print";
    }

    private CarePlan plan(CarePlanStatus status) {
        CarePlan plan = new CarePlan();
        plan.setId(Records.id(name + "-plan"));
        plan.setStatus(status).setIntent(CarePlanIntent.PLAN).setTitle("Hypertension, 12 weeks");
        plan.addInstantiatesCanonical(Canonicals.BASE + "/PlanDefinition/hypertension|1.2.0");
        plan.addIdentifier().setSystem("https://clinic.example/plans").setValue(name);
        plan.setSubject(new Reference("Patient/" + patient));
        plan.getPeriod().getStartElement().setValueAsString(START.toString());
        plan.setAuthor(new Reference("Practitioner/" + Records.PRACTITIONER));
        plan.addContributor(new Reference("Organization/" + Records.CLINIC));
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS)
                .setDescription("<script>alert('x')</script><img src=\"http://127.0.0.1:1/x\"/> mmHg ≥ 1²½");
        for (String part : List.of("open", "secret")) {
            plan.addActivity().setReference(new Reference("MedicationRequest/" + Records.id(name + "-" + part)));
        }
        plan.addGoal(new Reference("Goal/" + Records.id(name + "-aim")));
        return plan;
    }

    private Goal goal() {
        Goal goal = Ward.newGoal(patient, "No smoking");
        goal.setId(Records.id(name + "-aim"));
        goal.addTarget()
                .setMeasure(new CodeableConcept(new Coding(Codes.LOINC, Codes.SYSTOLIC, null)))
                .setDetail(new Quantity()
                        .setValue(140)
                        .setUnit("mmHg")
                        .setSystem(Codes.UCUM)
                        .setCode("mm[Hg]")
                        .setComparator(Quantity.QuantityComparator.LESS_THAN));
        return goal;
    }

    private MedicationRequest tablet(String part, String medicine) {
        MedicationRequest request = new MedicationRequest();
        request.setId(Records.id(name + "-" + part));
        request.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        request.setMedication(new CodeableConcept()
                .setText(medicine)
                .addCoding(new Coding("http://fhir.de/CodeSystem/bfarm/atc", "C07AB07", null)));
        request.setSubject(new Reference("Patient/" + patient));
        request.getAuthoredOnElement().setValueAsString(START.toString());
        request.addDosageInstruction().getTiming().getRepeat().addWhen(EventTiming.MORN);
        request.getDosageInstructionFirstRep()
                .addDoseAndRate()
                .setDose(new Quantity()
                        .setValue(new BigDecimal("2.5"))
                        .setUnit("mg")
                        .setSystem(Codes.UCUM)
                        .setCode("mg"));
        return request;
    }

    private MedicationRequest secret() {
        MedicationRequest secret = tablet("secret", "Geheimol 9 mg");
        secret.getMeta().addSecurity(new Coding(DecisionWorld.CONFIDENTIALITY, "V", null));
        return secret;
    }

    private void permitOnlyWhatIsNormal() {
        Consent consent = WalkWorld.consent(Records.id(name + "-consent"), patient);
        consent.getProvision().getProvision().clear();
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT)
                .addSecurityLabel(new Coding(DecisionWorld.CONFIDENTIALITY, "N", null));
        load(Records.transaction(consent));
    }

    private Answer html(String token, String query) {
        return Ward.get(path + query, token, "Accept", "text/html");
    }

    private HttpResponse<byte[]> pdf(String token, String query) throws IOException, InterruptedException {
        return HTTP.send(
                request(path + query, token)
                        .header("Accept", "application/pdf")
                        .GET()
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> pdf) throws IOException {
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        try (PDDocument document = Loader.loadPDF(pdf.body())) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    @Test
    void thePlanIsPrintedInBothLanguagesForThoseWhoReadIt() throws Exception {
        for (String token : List.of(clinician, TOKENS.patient(patient), TOKENS.clinicSystem(Records.CLINIC))) {
            assertThat(text(pdf(token, "?language=de")))
                    .contains("Ihr Therapieplan", "Bluthochdruck, 12 Wochen", "unter 140 mmHg", "Nicht rauchen")
                    .contains("Bisoprolol 2,5 mg", "2,5 mg", "morgens", "Geheimol", "mmHg ≥ 1²½", "112")
                    .contains("Fassung 1.2.0", "10.1093/eurheartj/ehae178", "Gültig")
                    .doesNotContain("nicht alles, was der Plan nennt");
            assertThat(text(pdf(token, "?language=en")))
                    .contains("Your therapy plan", "Hypertension, 12 weeks", "below 140 mmHg", "in the morning");
        }
    }

    @Test
    void aPageTellsBrowsersToKeepAndRunNothingAndNamesNobody() {
        Answer page = html(clinician, "?language=de");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .startsWith("<!DOCTYPE html>")
                .contains("lang=\"de\"", "&lt;script&gt;alert(&#39;x&#39;)")
                .doesNotContain("<script", "<img");
        assertThat(page.header("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.header("Content-Language")).contains("de");
        assertThat(page.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Content-Disposition")).contains("inline; filename=\"therapy-plan-de.html\"");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(Ward.get(path, clinician, "Accept", "text/html", "Accept-Language", "en-GB")
                        .body())
                .contains("Your therapy plan");
    }

    @Test
    void whatTheCallerMayNotSeeIsNotOnItAndNotNamed() throws Exception {
        permitOnlyWhatIsNormal();
        assertThat(text(pdf(clinician, "?language=de")))
                .contains("Bisoprolol", "Diese Seite zeigt nicht alles, was der Plan nennt.")
                .doesNotContain("Geheimol");
        assertThat(html(clinician, "?kind=letter&language=de").body()).doesNotContain("Geheimol");
        assertThat(text(pdf(TOKENS.patient(patient), "?language=de")))
                .contains("Geheimol")
                .doesNotContain("nicht alles, was der Plan nennt");
    }

    @Test
    void aLetterSaysWhatWasKeptAndWhatIsNotComputable() {
        Answer letter = html(TOKENS.patient(patient), "?kind=letter&language=de");
        assertThat(letter.status()).as(letter.body()).isEqualTo(200);
        assertThat(letter.body())
                .contains("Brief zu Ihrem Therapieplan", "Was Sie eingehalten haben")
                .contains("nicht berechenbar: Es wurde nichts aufgezeichnet, das Sie sehen dürfen.")
                .contains("nicht berechenbar: In den letzten 7 Tagen wurde nichts gemessen.")
                .contains("Es ist kein Termin gebucht.");
        load(Records.transaction(plan(CarePlanStatus.DRAFT)));
        assertThat(html(clinician, "?kind=letter").codes()).containsExactly("SN-PLAN-004");
        assertThat(html(clinician, "?language=de").body()).contains("Das ist ein Entwurf.");
    }

    @Test
    void eachRecordAndThePageAreAudited() {
        Answer page = html(clinician, "?language=de");
        assertThat(Audited.by(page)).anySatisfy(event -> {
            assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0);
            assertThat(event.getEntity())
                    .anyMatch(entity ->
                            String.valueOf(entity.getWhat().getReference()).startsWith("CarePlan/"));
        });
        String id = page.header("X-Request-ID").orElseThrow();
        assertThat(get("/AuditEvent?patient=" + patient + "&_count=200", TOKENS.auditor())
                        .body())
                .as("the reads that the page was made of")
                .contains(id + "-1", "MedicationRequest/" + Records.id(name + "-secret"));
    }

    @Test
    void whoMayNotKnowOfThePlanIsToldNothing() {
        Answer unknown = get("/CarePlan/" + Records.id("print-nobodys") + "/$print", clinician);
        Answer foreign = get(path, TOKENS.clinician(Records.CENTRE));
        String other = TOKENS.patient(Ward.open(name + "-other"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body().replace(Records.id(name + "-plan"), "ID"))
                .isEqualTo(unknown.body().replace(Records.id("print-nobodys"), "ID"));
        assertThat(get(path, other).status()).isEqualTo(404);
        for (String closed : List.of(
                TOKENS.job(),
                TOKENS.auditor(),
                TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)))) {
            assertThat(get(path, closed).codes()).containsExactly("SN-OPERATION-001");
        }
    }

    @Test
    void whatIsNotTakenIsRefused() {
        for (String query :
                List.of("?kind=poster", "?language=fr", "?zone=Europe/Atlantis", "?kind=plan&kind=letter")) {
            Answer refused = get(path + query, clinician);
            assertThat(refused.status()).as(query).isEqualTo(400);
            assertThat(refused.codes()).containsExactly("SN-PLAN-001");
        }
        assertThat(get(path + "?name=x", clinician).status()).isEqualTo(403);
        assertThat(Ward.get(path, clinician, "Accept", "image/png").status()).isEqualTo(406);
        assertThat(get(path + "?_format=html&language=en", clinician).body()).contains("Your therapy plan");
        load(Records.transaction(plan(CarePlanStatus.ENTEREDINERROR)));
        assertThat(get(path, clinician).codes()).containsExactly("SN-PLAN-004");
    }
}
