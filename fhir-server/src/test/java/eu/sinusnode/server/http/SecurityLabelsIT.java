package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Mia permits her clinic what is normal, Noah everything but HIV, Olaf and Zoe everything. What carries a label that is not
 * permitted is nowhere and counts nowhere; and nobody opens a record by taking its label away.
 */
class SecurityLabelsIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("labels");
    private static final String RANKS = DecisionWorld.CONFIDENTIALITY;
    private static final String ACT_CODE = DecisionWorld.SENSITIVITY;
    private static boolean loaded;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void patients() {
        if (loaded) {
            return;
        }
        loaded = true;
        WORLD.clinic();
        for (String person : List.of("mia", "noah", "olaf", "zoe")) {
            WORLD.person(person, person.equals("zoe") ? "Angriff" : "Vertraulich", "1950-01-01", false);
            load(Records.transaction(
                    condition(person, "flutter", "I48.0"),
                    condition(person, "infection", "B24"),
                    condition(person, "sorrow", "F32.1"),
                    label(condition(person, "stated", "I50.1"), RANKS, "R"),
                    rate(person, "rate", 61),
                    label(rate(person, "secret-rate", 120), RANKS, "V")));
        }
        permit("mia").addSecurityLabel(new Coding(RANKS, "N", null));
        store();
        permit("noah")
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addSecurityLabel(new Coding(ACT_CODE, "HIV", null));
        store();
        permit("olaf");
        store();
        permit("zoe");
        store();
    }

    private @Nullable Consent drawn;

    private ProvisionComponent permit(String person) {
        Consent consent = WalkWorld.consent(WORLD.id("consent-" + person), WORLD.id(person));
        consent.getProvision().getProvision().clear();
        drawn = consent;
        return Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
    }

    private void store() {
        load(Records.transaction(Objects.requireNonNull(drawn)));
    }

    /** What reaches the gate in a search was not narrowed away. */
    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    void whatACodeSaysStandsInTheRecord() {
        assertThat(stored("Condition", "olaf-flutter")).isEmpty();
        assertThat(stored("Condition", "olaf-infection")).containsExactly("HIV", "R");
        assertThat(stored("Condition", "olaf-sorrow")).containsExactly("PSY", "R");
        assertThat(stored("Condition", "olaf-stated")).containsExactly("R");
    }

    @Test
    void aSearchOfOnePatientFindsWhatIsPermittedWithRightTotals() {
        WORLD.assertFound("Condition?patient=MIA", "mia-flutter");
        WORLD.assertFound("Condition?patient=NOAH", "noah-flutter noah-sorrow noah-stated");
        WORLD.assertFound("Condition?patient=OLAF", "olaf-flutter olaf-infection olaf-sorrow olaf-stated");
        WORLD.assertFound("Observation?patient=MIA", "mia-rate");
        WORLD.assertFound("Observation?patient=NOAH", "noah-rate noah-secret-rate");
        WORLD.assertFound("Observation?patient=MIA&code=http://loinc.org|8867-4&_sort=-date", "mia-rate");
        assertThat(total("Condition?patient=MIA&_summary=count")).isEqualTo(1);
        assertThat(total("Condition?patient=NOAH&_total=accurate&_count=1")).isEqualTo(3);
        assertThat(total("Observation?patient=MIA&value-quantity=gt100&_summary=count"))
                .isZero();
        WORLD.assertFound("Condition?patient=MIA&code=http://fhir.de/CodeSystem/bfarm/icd-10-gm|B24", null);
        WORLD.assertFound("Condition?patient=MIA&code:not=http://fhir.de/CodeSystem/bfarm/icd-10-gm|I48.0", null);
    }

    @Test
    void aSearchOfSeveralFindsNothingThatOneOfThemDenies() {
        // They limit it differently, so that only who limits nothing is left.
        assertThat(WORLD.names(WORLD.search("Condition?patient=MIA,NOAH,OLAF&_total=accurate")
                        .bundle()))
                .doesNotContain("mia-infection", "mia-stated", "noah-infection")
                .contains("olaf-infection");
        WORLD.assertFound(
                "Patient?family=Vertraulich&_has:Condition:patient:code=http://fhir.de/CodeSystem/bfarm/icd-10-gm|B24",
                "olaf");
        WORLD.assertFound("Patient?_id=MIA&_revinclude=Condition:patient", "mia mia-flutter");
        WORLD.assertFound("Patient?_id=NOAH&_revinclude=Observation:patient", "noah noah-rate noah-secret-rate");
    }

    @Test
    void wordsAndWhatComesAlongTellNothingOfIt() {
        DiagnosticReport report = new DiagnosticReport()
                .setStatus(DiagnosticReport.DiagnosticReportStatus.FINAL)
                .setCode(new CodeableConcept().setText("Exercise test"))
                .setSubject(new Reference("Patient/" + WORLD.id("mia")))
                .addResult(new Reference("Observation/" + WORLD.id("mia-rate")));
        report.setId(WORLD.id("mia-report"));
        DiagnosticReport secret = report.copy().addResult(new Reference("Observation/" + WORLD.id("mia-secret-rate")));
        secret.setId(WORLD.id("mia-secret-report"));
        load(Records.transaction(report, secret));
        assertThat(status("DiagnosticReport/" + WORLD.id("mia-secret-report"))).isEqualTo(404);
        WORLD.assertFound("DiagnosticReport?patient=MIA&_include=DiagnosticReport:result", "mia-report mia-rate");
        WORLD.assertFound("DiagnosticReport?patient=MIA&result:Observation._security=" + RANKS + "|V", null);
        WORLD.assertFound("DiagnosticReport?patient=MIA&result:Observation.value-quantity=gt100", null);
        WORLD.assertFound("Condition?patient=MIA&_content=Diagnosis", "mia-flutter");
        assertThat(total("Condition?patient=MIA&_content=Diagnosis&_total=accurate"))
                .isEqualTo(1);
        WORLD.assertFound("Condition?patient=MIA&_sort=code", "mia-flutter");
    }

    @Test
    void readsVersionsAndEverythingHoldToIt() {
        for (String hidden : List.of("mia-infection", "mia-sorrow", "mia-stated", "noah-infection")) {
            for (String path : List.of("", "/_history", "/_history/1", "/$meta")) {
                assertThat(status("Condition/" + WORLD.id(hidden) + path))
                        .as(hidden + path)
                        .isEqualTo(404);
            }
        }
        assertThat(status("Condition/" + WORLD.id("noah-sorrow"))).isEqualTo(200);
        assertThat(get("/Patient/" + WORLD.id("mia") + "/$everything?_count=100", WORLD.clinician())
                        .body())
                .contains(WORLD.id("mia-flutter"), WORLD.id("mia-rate"))
                .doesNotContain(WORLD.id("mia-infection"), WORLD.id("mia-secret-rate"), WORLD.id("mia-stated"));
        assertThat(get("/Patient/" + WORLD.id("mia") + "/$everything?_count=100", TOKENS.patient(WORLD.id("mia")))
                        .body())
                .contains(WORLD.id("mia-infection"), WORLD.id("mia-secret-rate"));
        assertThat(get("/Condition/_history?_count=100", WORLD.clinician()).body())
                .contains(WORLD.id("olaf-infection"), WORLD.id("mia-flutter"))
                .doesNotContain(WORLD.id("mia-infection"), WORLD.id("noah-infection"));
    }

    @Test
    void measurementsTellNothingOfAHiddenOne() {
        String stats = get(
                        "/Observation/$stats?patient=Patient/" + WORLD.id("mia")
                                + "&code=8867-4&system=http://loinc.org&duration=100000&statistic=maximum&statistic=count",
                        WORLD.clinician())
                .body();
        assertThat(stats).doesNotContain("120");
    }

    @Test
    void decisionsTellOfLabelsThatARecordNeedNotHaveYet() {
        Parameters asked = DecisionWorld.ask(WORLD.clinicId(), null, "TREAT");
        DecisionWorld.aboutType(asked, "Condition", Codes.ICD_10_GM + "|I48.0");
        DecisionWorld.aboutType(asked, "Condition", Codes.ICD_10_GM + "|F32.1");
        DecisionWorld.labelled(asked, "Goal", RANKS, "R");
        DecisionWorld.labelled(asked, "Goal", RANKS, "N");
        DecisionWorld.about(asked, List.of("Condition/" + WORLD.id("mia-infection")));
        Answer told =
                post("/Patient/" + WORLD.id("mia") + "/$consent-decision", TOKENS.patient(WORLD.id("mia")), asked);
        assertThat(told.status()).as(told.body()).isEqualTo(200);
        assertThat(DecisionWorld.decisions((Parameters) told.resource()).stream()
                        .map(decision -> DecisionWorld.part(decision, "outcome")))
                .containsExactly("permit", "deny", "deny", "permit", "deny");
    }

    /** It is narrowed as every search is: to ask for a label finds no record that may not be seen. */
    @Test
    @Covers("search.html#_security")
    void labelsAreSearchedForByWhoMaySeeTheRecords() {
        WORLD.assertFound("Condition?patient=OLAF&_security=" + ACT_CODE + "|HIV", "olaf-infection");
        WORLD.assertFound("Condition?patient=OLAF&_security=" + RANKS + "|R", "olaf-infection olaf-sorrow olaf-stated");
        WORLD.assertFound("Condition?patient=OLAF&_security:not=" + RANKS + "|R", "olaf-flutter");
        WORLD.assertFound("Condition?patient=MIA&_security=" + RANKS + "|R", null);
        WORLD.assertFound("Condition?patient=NOAH&_security=" + ACT_CODE + "|HIV", null);
        WORLD.assertFound("Condition?patient=NOAH&_security:not=" + ACT_CODE + "|PSY", "noah-flutter noah-stated");
        assertThat(total("Condition?patient=MIA&_security=R&_summary=count")).isZero();
        WORLD.assertFound("Patient?family=Vertraulich&_has:Condition:patient:_security=" + ACT_CODE + "|HIV", "olaf");
        Answer closed = get(
                "/Observation?patient=" + WORLD.id("olaf") + "&_security=" + RANKS + "%7CV",
                WalkWorld.organization(CallerKind.INSURER, Records.INSURER));
        assertThat(closed.codes()).containsExactly("SN-SEARCH-001");
    }

    // Attacks: a client that takes a label away

    @Test
    void aNewVersionWithoutTheLabelKeepsIt() {
        Condition bare = condition("zoe", "kept", "I50.1");
        load(Records.transaction(label(condition("zoe", "kept", "I50.1"), RANKS, "V")));

        Answer updated = put("/Condition/" + WORLD.id("zoe-kept"), clinician(), bare);
        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(stored("Condition", "zoe-kept")).containsExactly("V");

        Answer patched = send(request("/Condition/" + WORLD.id("zoe-kept"), clinician())
                .header("Content-Type", "application/json-patch+json")
                .method("PATCH", BodyPublishers.ofString("[{\"op\": \"remove\", \"path\": \"/meta/security\"}]")));
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(stored("Condition", "zoe-kept")).containsExactly("V");

        put("/Condition/" + WORLD.id("zoe-kept"), clinician(), label(condition("zoe", "kept", "I50.1"), RANKS, "N"));
        assertThat(stored("Condition", "zoe-kept")).as("the highest counts").contains("V");
    }

    @Test
    void aCodeThatIsTakenAwayLeavesItsLabel() {
        load(Records.transaction(condition("zoe", "recoded", "B24")));
        Answer recoded =
                put("/Condition/" + WORLD.id("zoe-recoded"), clinician(), condition("zoe", "recoded", "I50.1"));
        assertThat(recoded.status()).as(recoded.body()).isEqualTo(200);
        assertThat(stored("Condition", "zoe-recoded")).containsExactly("HIV", "R");
    }

    @Test
    void theLoaderCorrectsALabel() {
        load(Records.transaction(label(condition("zoe", "mistaken", "I50.1"), ACT_CODE, "PSY")));
        assertThat(stored("Condition", "zoe-mistaken")).containsExactly("PSY", "R");
        load(Records.transaction(condition("zoe", "mistaken", "I50.1")));
        assertThat(stored("Condition", "zoe-mistaken")).isEmpty();
    }

    @Test
    void aHiddenRecordIsNotWrittenOver() {
        Answer answer = put("/Condition/" + WORLD.id("mia-stated"), clinician(), condition("mia", "stated", "I50.1"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(stored("Condition", "mia-stated")).containsExactly("R");
    }

    @Test
    void whatIsNoLabelHereIsRefused() {
        for (Resource refused : List.of(
                label(condition("zoe", "refused", "I50.1"), RANKS, "U"),
                label(condition("zoe", "refused", "I50.1"), ACT_CODE, "TBOO"),
                label(condition("zoe", "refused", "I50.1"), "urn:x", "R"))) {
            refused.setId((String) null);
            Answer answer = post("/Condition", clinician(), refused);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.codes()).containsExactly("SN-CONTENT-001");
        }
    }

    @Test
    void aLabelThatIsStatedHoldsFromItsAcknowledgementOn() {
        String id = WORLD.id("mia-flutter-2");
        load(Records.transaction(condition("mia", "flutter-2", "I48.1")));
        assertThat(status("Condition/" + id)).isEqualTo(200);
        Answer labelled = put(
                "/Condition/" + id, WORLD.clinician(), label(condition("mia", "flutter-2", "I48.1"), ACT_CODE, "PSY"));
        assertThat(labelled.status()).isIn(200, 404);
        assertThat(status("Condition/" + id)).isEqualTo(404);
        WORLD.assertFound("Condition?patient=MIA&code=http://fhir.de/CodeSystem/bfarm/icd-10-gm|I48.1", null);
    }

    private static String clinician() {
        return TOKENS.clinician(WORLD.clinicId());
    }

    /** In the stored version, as the patient sees it. */
    private static Set<String> stored(String type, String name) {
        String patient = WORLD.id(name.substring(0, name.indexOf('-')));
        Answer answer = get("/" + type + "/" + WORLD.id(name), TOKENS.patient(patient));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.resource().getMeta().getSecurity().stream()
                .map(Coding::getCode)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int status(String path) {
        return get("/" + path, WORLD.clinician()).status();
    }

    private static int total(String asked) {
        return WORLD.search(asked).bundle().getTotal();
    }

    private static <T extends Resource> T label(T resource, String system, String code) {
        resource.getMeta().addSecurity(new Coding(system, code, null));
        return resource;
    }

    private static Observation rate(String person, String name, int beats) {
        return WORLD.heartRate(person, person + "-" + name, beats, "2026-06-01T08:00:00Z");
    }

    private static Condition condition(String person, String name, String code) {
        Condition condition = new Condition()
                .setCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, code, null)).setText("Diagnosis"));
        condition.setId(WORLD.id(person + "-" + name));
        condition.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        condition.setSubject(new Reference("Patient/" + WORLD.id(person)));
        return condition;
    }
}
