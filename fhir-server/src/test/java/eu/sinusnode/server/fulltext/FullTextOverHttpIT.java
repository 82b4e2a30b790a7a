package eu.sinusnode.server.fulltext;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code _text} and {@code _content} through the whole request: what is found, for whom, and what is refused. */
class FullTextOverHttpIT extends RunningServer {

    private static final String SECOND_CLINIC = Records.id("words-second-clinic");

    @Autowired
    MeterRegistry meters;

    @Test
    @Covers({"search.html#_text", "search.html#_content"})
    void aClinicianFindsByNarrativeAndByAllText() {
        String patient = household("words-anna", SECOND_CLINIC);
        Condition condition = condition("words-anna-1", patient, "Belastungsdyspnoe seit Mai");
        Prose.withNarrative(
                condition, "<p>Klagt über <b>Herz</b>rasen</p><table><tr><td>nachts</td><td>liegend</td></tr></table>");
        condition.setLanguage("de");
        load(Records.transaction(condition));

        assertThat(found(clinician(), "Condition", patient, "_text=Herzrasen")).containsExactly("words-anna-1");
        assertThat(found(clinician(), "Condition", patient, "_text=" + encoded("nachts liegend")))
                .containsExactly("words-anna-1");
        assertThat(found(clinician(), "Condition", patient, "_text=Belastungsdyspnoe"))
                .as("not in the narrative")
                .isEmpty();
        assertThat(found(clinician(), "Condition", patient, "_content=Belastungsdyspnoe"))
                .hasSize(1);
        assertThat(found(clinician(), "Condition", patient, "_content=Herzrasen&_text=klagte"))
                .hasSize(1);
        assertThat(found(clinician(), "Condition", patient, "_content=Dyspnoe"))
                .as("no part of the list")
                .isEmpty();
        assertThat(found(clinician(), "Condition", patient, "_content=Belastung"))
                .as("a part")
                .hasSize(1);
        assertThat(found(clinician(), "Condition", patient, "_content=" + patient))
                .as("ids are no words")
                .isEmpty();
        assertThat(found(clinician(), "Condition", patient, "_content=Herzrasen&clinical-status=resolved"))
                .as("the other conditions hold too")
                .isEmpty();
        assertThat(search(clinician(), "/Condition?_id=" + Records.id("words-anna-1") + "&_text=Herzrasen")
                        .bundle()
                        .getEntry())
                .hasSize(1);
    }

    /** Nobody is named: the permitted patients' records, and no other's, whatever stands in them. */
    @Test
    void wordsOfOthersAreNotFoundNorCounted() {
        String own = household("words-berta", SECOND_CLINIC);
        String others = household("words-carl", Records.CENTRE);
        load(Records.transaction(condition("words-berta-1", own, "Gemeinsameswort")));
        for (int i = 0; i < 5; i++) {
            load(Records.transaction(condition("words-carl-" + i, others, "Gemeinsameswort")));
        }
        Bundle page = search(clinician(), "/Condition?_content=Gemeinsameswort").bundle();
        assertThat(page.getEntry()).hasSize(1);
        assertThat(page.getLink("next")).isNull();

        Answer hidden = search(clinician(), "/Condition?patient=" + others + "&_content=Gemeinsameswort");
        Answer unknown =
                search(clinician(), "/Condition?patient=" + Records.id("words-nobody") + "&_content=Gemeinsameswort");
        assertThat(hidden.status()).isEqualTo(200);
        assertThat(hidden.bundle().getEntry()).isEmpty();
        assertThat(unknown.bundle().getEntry()).isEmpty();
        assertThat(found(
                        clinician(),
                        "Condition",
                        null,
                        "_id=" + Records.id("words-carl-1") + "&_content=Gemeinsameswort"))
                .isEmpty();
    }

    @Test
    void aConsentForSomeCodesFindsWordsOfThoseAlone() {
        String patient = Records.id("words-dora");
        Consent consent = consent("words-dora", patient);
        Consents.permit(consent, SECOND_CLINIC, Purpose.TREAT)
                .addCode(new CodeableConcept(new Coding(Codes.LOINC, "75326-9", null)))
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null));
        people("words-dora", patient, SECOND_CLINIC, consent);
        Condition permitted = condition("words-dora-1", patient, "Zweiwort");
        permitted.setCode(new CodeableConcept(new Coding(Codes.LOINC, "75326-9", "Problem")));
        Condition other = condition("words-dora-2", patient, "Zweiwort");
        other.setCode(new CodeableConcept(new Coding(Codes.SNOMED, "38341003", "Hypertension")));
        load(Records.transaction(permitted, other));

        assertThat(found(clinician(), "Condition", patient, "_content=Zweiwort"))
                .containsExactly("words-dora-1");
        assertThat(found(clinician(), "Condition", patient, "_content=Hypertension"))
                .isEmpty();
        assertThat(found(TOKENS.patient(patient), "Condition", patient, "_content=Hypertension"))
                .hasSize(1);
    }

    @Test
    void whatIsNotSignedHasNoWordsForThePatient() {
        String patient = household("words-emil", SECOND_CLINIC);
        Observation finding = Prose.observation(
                Records.id("words-emil-finding"), patient, Codes.OBSERVATION_CATEGORY, "exam", "Verdachtswort");
        finding.setId(Records.id("words-emil-finding"));
        finding.setCode(new CodeableConcept().setText("Gangbild"));
        load(Records.transaction(finding));
        String search = "_content=Verdachtswort";
        assertThat(found(clinician(), "Observation", patient, search)).hasSize(1);
        assertThat(found(TOKENS.patient(patient), "Observation", patient, search))
                .isEmpty();
        finding.setStatus(Observation.ObservationStatus.FINAL);
        load(Records.transaction(finding));
        assertThat(found(TOKENS.patient(patient), "Observation", patient, search))
                .hasSize(1);
    }

    @Test
    void messagesAllergiesProceduresAndMedicationHaveWords() {
        String patient = household("words-gusti", SECOND_CLINIC);
        Communication message = new Communication().setStatus(Communication.CommunicationStatus.COMPLETED);
        message.setSubject(new Reference("Patient/" + patient))
                .setSender(new Reference("Patient/" + patient))
                .addRecipient(new Reference("Organization/" + Records.CLINIC))
                .addPayload()
                .setContent(new StringType("Rundwort am Morgen"));
        message.setId(Records.id("words-gusti-message"));
        AllergyIntolerance allergy = new AllergyIntolerance().setPatient(new Reference("Patient/" + patient));
        allergy.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", null)));
        allergy.setCode(new CodeableConcept().setText("Rundwort"));
        allergy.setId(Records.id("words-gusti-allergy"));
        Procedure procedure = new Procedure().setStatus(Procedure.ProcedureStatus.COMPLETED);
        procedure
                .setSubject(new Reference("Patient/" + patient))
                .setCode(new CodeableConcept().setText("Ablation"))
                .setPerformed(new DateTimeType("2026-05-04T10:00:00Z"))
                .addNote()
                .setText("Rundwort");
        procedure.setId(Records.id("words-gusti-procedure"));
        MedicationStatement taken =
                new MedicationStatement().setStatus(MedicationStatement.MedicationStatementStatus.ACTIVE);
        taken.setSubject(new Reference("Patient/" + patient))
                .setMedication(new CodeableConcept().setText("Rundwort 5 mg"));
        taken.setId(Records.id("words-gusti-taken"));
        load(Records.transaction(message, allergy, procedure, taken));

        for (String type : List.of("Communication", "AllergyIntolerance", "Procedure", "MedicationStatement")) {
            assertThat(found(TOKENS.patient(patient), type, patient, "_content=Rundwort"))
                    .as(type)
                    .hasSize(1);
            assertThat(found(TOKENS.patient(patient), type, patient, "_content=Fehlwort"))
                    .as(type)
                    .isEmpty();
        }
    }

    @Test
    void vitalSignsHaveNoWords() {
        String patient = household("words-fred", SECOND_CLINIC);
        Observation vital = Records.heartRate(patient, Records.id("words-fred-cuff"), "words-fred-1");
        vital.setId(Records.id("words-fred-hr"));
        vital.addNote().setText("Vitalwort");
        load(Records.transaction(vital));
        assertThat(found(clinician(), "Observation", patient, "_content=Vitalwort"))
                .isEmpty();
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.full_text WHERE resource = ?::uuid",
                        Integer.class,
                        Records.id("words-fred-hr")))
                .isZero();
    }

    @Test
    void anUpdateIsFoundAtOnceAndItsOldWordsAreNot() {
        String patient = household("words-gina", SECOND_CLINIC);
        Condition condition = condition("words-gina-1", patient, "Erstwort");
        load(Records.transaction(condition));
        for (int i = 0; i < 10; i++) {
            condition.getNoteFirstRep().setText("Folgewort" + i);
            load(Records.transaction(condition));
            assertThat(found(clinician(), "Condition", patient, "_content=Folgewort" + i))
                    .hasSize(1);
            assertThat(found(clinician(), "Condition", patient, "_content=Folgewort" + (i - 1)))
                    .isEmpty();
        }
        condition.setVerificationStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "entered-in-error", null)));
        condition.setClinicalStatus(null);
        load(Records.transaction(condition));
        assertThat(found(clinician(), "Condition", patient, "_content=Folgewort9"))
                .isEmpty();
    }

    @Test
    void pagesAreThoseOfAnySearch() {
        String patient = household("words-hans", SECOND_CLINIC);
        Condition[] many = IntStream.range(0, 7)
                .mapToObj(i -> condition("words-hans-" + i, patient, "Seitenwort"))
                .toArray(Condition[]::new);
        load(Records.transaction(many));
        Bundle page = search(clinician(), "/Condition?patient=" + patient + "&_content=Seitenwort&_count=3&_sort=_id")
                .bundle();
        assertThat(page.getLink("self").getUrl())
                .contains("_content=Seitenwort")
                .doesNotContain("_id=");
        List<String> ids = new ArrayList<>();
        int pages = 0;
        while (page != null) {
            page.getEntry()
                    .forEach(entry -> ids.add(entry.getResource().getIdElement().getIdPart()));
            pages++;
            page = page.getLink("next") == null
                    ? null
                    : get(page.getLink("next").getUrl(), clinician()).bundle();
        }
        assertThat(pages).isEqualTo(3);
        assertThat(ids).hasSize(7).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void badQueriesAreRefusedAlikeForEveryPatient() {
        String patient = household("words-ida", SECOND_CLINIC);
        for (String bad : List.of("", "*", "ab*", "NOT geheim", "\"geheim", "geheim:x", "(geheim", "a ".repeat(70))) {
            for (String asked : List.of(patient, Records.id("words-nobody"))) {
                Answer answer = search(clinician(), "/Condition?patient=" + asked + "&_content=" + encoded(bad));
                assertThat(answer.status()).as(bad).isEqualTo(400);
                assertThat(answer.codes()).containsExactly("SN-TEXT-001");
                assertThat(answer.body()).doesNotContain("geheim");
            }
        }
    }

    @Test
    void othersMayNotSearchByWords() {
        for (CallerKind kind : List.of(CallerKind.INSURER, CallerKind.ANALYSIS_JOB)) {
            String token = TOKENS.token(
                    kind,
                    claims -> claims.claim(
                            "organization", kind == CallerKind.INSURER ? Records.INSURER : Records.CENTRE));
            for (String parameter : List.of("_text", "_content")) {
                Answer answer =
                        search(token, "/Observation?patient=" + Records.id("words-anna") + "&" + parameter + "=x");
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.codes()).containsExactly("SN-SEARCH-001");
            }
        }
        assertThat(search(clinician(), "/Patient?_content=x").codes()).containsExactly("SN-SEARCH-001");
        assertThat(search(clinician(), "/Condition?_content:exact=x").codes()).containsExactly("SN-SEARCH-001");
    }

    @Test
    void lagAndDocumentsAreMetrics() {
        assertThat(List.of("lag", "pending", "documents")).allSatisfy(name -> assertThat(
                        meters.get("sinusnode.fulltext." + name).gauge().value())
                .isNotNegative());
    }

    // Records

    private static String clinician() {
        return TOKENS.clinician(SECOND_CLINIC);
    }

    private static String household(String name, String clinic) {
        String patient = Records.id(name);
        Consent consent = consent(name, patient);
        Consents.permit(consent, clinic, Purpose.TREAT);
        people(name, patient, clinic, consent);
        return patient;
    }

    private static void people(String name, String patient, String clinic, Consent consent) {
        load(Records.transaction(
                Records.organization(clinic, "Praxis"),
                Records.patient(patient),
                Records.cuff(Records.id(name + "-cuff"), patient),
                Records.careTeam(Records.id(name + "-team"), patient, clinic),
                consent));
    }

    private static Consent consent(String name, String patient) {
        Consent consent = Consents.denying(patient);
        consent.setId(Records.id(name + "-consent"));
        consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + patient));
        consent.addOrganization(new Reference("Organization/" + SECOND_CLINIC));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        return consent;
    }

    private static Condition condition(String name, String patient, String note) {
        Condition condition = Prose.condition(Records.id(name), patient, note);
        condition.setId(Records.id(name));
        return condition;
    }

    // Searches

    private static Answer search(String token, String path) {
        return get(path, token);
    }

    /** The names under which the found records were made. */
    private static List<String> found(String token, String type, @Nullable String patient, String conditions) {
        Answer answer = get("/" + type + "?" + (patient == null ? "" : "patient=" + patient + "&") + conditions, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .map(FullTextOverHttpIT::nameOf)
                .toList();
    }

    private static String nameOf(String id) {
        for (String name : List.of("words-anna-1", "words-berta-1", "words-dora-1", "words-dora-2")) {
            if (Records.id(name).equals(id)) {
                return name;
            }
        }
        return id;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
