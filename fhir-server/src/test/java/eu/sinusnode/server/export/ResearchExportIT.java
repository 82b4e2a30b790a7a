package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.projection.Consents;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What research institutes get, and what they cannot get whatever they try. */
class ResearchExportIT extends RunningServer {

    private static final String NOTE = "Palpitations since the funeral";
    private static final Pattern STORED_ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}");
    private static final Pattern DATE = Pattern.compile("\"([0-9]{4}-[0-9]{2}-[0-9]{2})[^\"]*\"");

    private static boolean loaded;

    /** Patients of one test alone, who permit two institutes; stored some weeks ago. */
    private record Ward(String name, int patients) {

        String institute() {
            return Records.id(name + "-institute");
        }

        String otherInstitute() {
            return Records.id(name + "-other-institute");
        }

        String patient(int number) {
            return Records.id(name + "-" + number);
        }

        String token() {
            return RunningServer.TOKENS.token(
                    CallerKind.RESEARCHER, claims -> claims.claim("organization", institute()));
        }

        ExportClient client() {
            return new ExportClient(token());
        }

        ExportClient otherClient() {
            return new ExportClient(RunningServer.TOKENS.token(
                    CallerKind.RESEARCHER, claims -> claims.claim("organization", otherInstitute())));
        }

        Ward load() {
            RunningServer.load(Records.transaction(
                    Records.organization(institute(), "Institute"),
                    Records.organization(otherInstitute(), "Other institute")));
            for (int i = 0; i < patients; i++) {
                load(i);
            }
            return this;
        }

        private void load(int number) {
            String id = patient(number);
            String cuff = Records.id(name + "-cuff-" + number);
            Patient patient = Records.patient(id);
            patient.setBirthDateElement(new DateType("1952-0" + (1 + number % 9) + "-17"));
            Condition diagnosis = new Condition();
            diagnosis.setId(Records.id(name + "-diagnosis-" + number));
            diagnosis
                    .getCode()
                    .addCoding(new Coding(Codes.ICD_10_GM, "I48.0", "Vorhofflimmern"))
                    .setText("Flimmern");
            diagnosis.addNote().setText(NOTE);
            diagnosis.setRecordedDateElement(new DateTimeType("2025-05-14"));
            diagnosis.setSubject(new Reference("Patient/" + id).setDisplay("Helga Brandt"));
            Observation signed = Records.heartRate(id, cuff, name + "-s-" + number);
            signed.setId(Records.id(name + "-signed-" + number));
            signed.addPerformer(new Reference("Practitioner/" + Records.PRACTITIONER));
            Observation unsigned = Records.heartRate(id, cuff, name + "-u-" + number);
            unsigned.setId(Records.id(name + "-unsigned-" + number));
            unsigned.setStatus(ObservationStatus.PRELIMINARY);
            RunningServer.load(Records.transaction(
                    patient,
                    Records.cuff(cuff, id),
                    Records.careTeam(Records.id(name + "-team-" + number), id, Records.CLINIC),
                    consent(number, ConsentState.ACTIVE),
                    diagnosis));
            RunningServer.load(Records.transaction(signed, unsigned));
        }

        Consent consent(int number, ConsentState state) {
            Consent consent = Consents.denying(patient(number));
            consent.setId(Records.id(name + "-consent-" + number));
            consent.setStatus(state);
            consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
            consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
            consent.addPerformer(new Reference("Patient/" + patient(number)));
            consent.addOrganization(new Reference("Organization/" + Records.CLINIC));
            consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
            Consents.permit(consent, institute(), Purpose.HRESCH);
            Consents.permit(consent, otherInstitute(), Purpose.HRESCH);
            Consents.permit(consent, Records.CLINIC, Purpose.TREAT);
            return consent;
        }
    }

    private static final Ward WARD = new Ward("research", 12);
    private static final Ward FEW = new Ward("research-few", 3);

    @BeforeEach
    void world() {
        if (!loaded) {
            WARD.load();
            FEW.load();
            loaded = true;
        }
        // Nothing of the week that is under way leaves.
        database.update(
                "UPDATE public.hfj_resource SET res_updated = res_updated - interval '30 days',"
                        + " res_published = res_published - interval '30 days'"
                        + " WHERE res_type IN ('Patient', 'Observation', 'Condition') AND res_updated > now() - interval '20 days'");
    }

    @Test
    void anExportTellsWhatIsPermittedAndNotWhoseItIs() {
        ExportClient client = WARD.client();
        String status = client.started("/$export");
        Answer manifest = client.ended(status);
        JsonNode read = ExportClient.json(manifest.body());

        ExportClient.ByType<JsonNode> resources = client.resources(read);
        assertThat(resources.types()).containsExactlyInAnyOrder("Patient", "Observation", "Condition");
        assertThat(resources.of("Patient")).hasSize(12);
        assertThat(resources.of("Observation")).as("the signed ones").hasSize(12);
        assertThat(resources.of("Condition")).hasSize(12);
        Set<String> patients = new TreeSet<>(ExportClient.ids(resources.of("Patient")));
        assertThat(patients).hasSize(12).allMatch(id -> id.matches("[0-9a-f]{40}"));
        assertThat(resources.of("Observation")).allSatisfy(record -> {
            assertThat(patients)
                    .contains(record.at("/subject/reference").asText().replace("Patient/", ""));
            assertThat(record.at("/valueQuantity/value").asInt()).isEqualTo(63);
            assertThat(record.has("device")).isFalse();
        });
        assertThat(resources.of("Condition").get(0).at("/code/coding/0/code").asText())
                .isEqualTo("I48.0");
        assertThat(resources.of("Patient")).allSatisfy(patient -> {
            assertThat(patient.at("/birthDate").asText()).isEqualTo("1952");
            assertThat(patient.at("/address/0/postalCode").asText()).isEqualTo("04");
        });
        resources.map().values().stream()
                .flatMap(List::stream)
                .forEach(
                        record -> assertThat(record.at("/meta").toString())
                                .isEqualTo(
                                        "{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationValue\",\"code\":\"PSEUDED\"}]}"));
        assertNobodyIsNamed(read, client);
        assertThat(read.at("/extension").toString())
                .isEqualTo("{\"https://sinusnode.eu/fhir/bulk-export/small-groups\":"
                        + read.at("/extension").elements().next() + "}");
        assertThat(read.at("/extension")
                        .elements()
                        .next()
                        .at("/patientsGeneralised")
                        .asInt())
                .isZero();
    }

    /** By the recipient's names, and in an order that is drawn: the blocks of two recipients cannot be laid side by side. */
    @Test
    void blocksAreUnderPseudonyms() {
        ExportClient client = WARD.client();
        JsonNode manifest = client.manifest(client.started("/$export?organizeOutputBy=Patient"));

        assertThat(manifest.at("/outputOrganizedBy").asText()).isEqualTo("Patient");
        ExportedBlocks blocks = ExportedBlocks.of(client, manifest);
        Set<String> named = new TreeSet<>(
                ExportClient.ids(client.export("/$export?_type=Patient").of("Patient")));
        assertThat(new TreeSet<>(blocks.patients()))
                .isEqualTo(named)
                .hasSize(12)
                .allMatch(id -> id.matches("[0-9a-f]{40}"));
        blocks.byPatient().forEach((patient, lines) -> {
            assertThat(ExportedBlocks.path(lines.get(0))).isEqualTo("Patient/" + patient);
            assertThat(lines).hasSize(3);
            assertThat(lines.subList(1, 3))
                    .allSatisfy(record ->
                            assertThat(record.at("/subject/reference").asText()).isEqualTo("Patient/" + patient));
        });
        assertNobodyIsNamed(manifest, client);
        JsonNode others = WARD.otherClient()
                .manifest(WARD.otherClient().started("/$export?organizeOutputBy=Patient&_type=Observation"));
        assertThat(ExportedBlocks.of(WARD.otherClient(), others).patients())
                .hasSize(12)
                .doesNotContainAnyElementsOf(named);
    }

    @Test
    void aBlockOfWhoWithdrawsLeavesNoHeader() {
        Ward ward = new Ward("research-blocks", 11).load();
        world();
        ExportClient client = ward.client();
        JsonNode manifest = client.manifest(client.started("/$export?organizeOutputBy=Patient"));
        assertThat(ExportedBlocks.of(client, manifest).patients()).hasSize(11);

        RunningServer.load(Records.transaction(ward.consent(7, ConsentState.INACTIVE)));

        assertThat(ExportedBlocks.of(client, manifest).patients()).hasSize(10);
    }

    /** An export of one alone would say under which name the recipient has whom. */
    @Test
    void nobodyCanBeNamed() {
        String pseudonym = ExportClient.ids(
                        WARD.client().export("/$export?_type=Patient").of("Patient"))
                .get(0);
        Set<String> answers = new TreeSet<>();
        for (String patient : List.of(WARD.patient(0), pseudonym, Records.id("research-no-such-patient"))) {
            Parameters body = new Parameters().addParameter("patient", new Reference("Patient/" + patient));
            for (String preference : List.of("respond-async", "respond-async, handling=lenient")) {
                Answer answer = WARD.client().posted("/Patient/$export", body, preference);
                assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                assertThat(answer.codes()).containsExactly("SN-EXPORT-001");
                answers.add(answer.body());
            }
        }
        assertThat(answers).hasSize(1);
    }

    /** Of all that a client is told: names, ids, texts, times; and only what stands for a week's Monday is a date. */
    private static void assertNobodyIsNamed(JsonNode manifest, ExportClient client) {
        StringBuilder told = new StringBuilder();
        ExportClient.files(manifest).map().values().stream()
                .flatMap(List::stream)
                .forEach(url -> told.append(get(url, client.token()).body()));
        assertThat(told.toString())
                .doesNotContain(
                        "Brandt",
                        "Helga",
                        "X110411675",
                        "Leipzig",
                        "04103",
                        "SN-4711",
                        NOTE,
                        "Flimmern",
                        "2025-05-14",
                        "T0",
                        "T1",
                        "T2")
                .doesNotContainPattern(STORED_ID);
        Matcher dates = DATE.matcher(told);
        int monday = 0;
        while (dates.find()) {
            assertThat(LocalDate.parse(dates.group(1)).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
            monday++;
        }
        assertThat(monday).isGreaterThan(0);
    }

    @Test
    void oneRecipientsNamesAreStableAndAnothersAreOthers() {
        Set<String> first = new TreeSet<>(ExportClient.ids(
                WARD.client().export("/Patient/$export?_type=Patient").of("Patient")));
        Set<String> again = new TreeSet<>(
                ExportClient.ids(WARD.client().export("/$export?_type=Patient").of("Patient")));
        Set<String> other = new TreeSet<>(ExportClient.ids(
                WARD.otherClient().export("/$export?_type=Patient").of("Patient")));

        assertThat(again).isEqualTo(first).hasSize(12);
        assertThat(other).hasSize(12).doesNotContainAnyElementsOf(first);
    }

    /** In the order of the stored ids, the same line of two files would be the same person. */
    @Test
    void theOrderOfLinesIsDrawnForEachExport() {
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            orders.add(ExportClient.ids(
                    WARD.client().export("/$export?_type=Patient").of("Patient")));
        }
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void ofFewerThanTenNobodyIsTold() {
        JsonNode manifest = FEW.client().manifest(FEW.client().started("/$export"));

        assertThat(manifest.at("/output")).isEmpty();
        assertThat(manifest.at("/extension").elements().next().toString())
                .contains("\"tooFewPatients\":true", "\"smallestGroup\":10");
        assertThat(manifest.at("/extension").toString()).doesNotContain("3");
    }

    @Test
    void aWithdrawalHoldsForFilesThatAreThereAndIsToldWithTheNextExport() {
        Ward ward = new Ward("research-withdrawn", 11).load();
        world();
        ExportClient client = ward.client();
        JsonNode manifest = client.manifest(client.started("/$export?_type=Patient,Observation"));
        assertThat(client.resources(manifest).of("Patient")).hasSize(11);
        Set<String> before =
                new TreeSet<>(ExportClient.ids(client.resources(manifest).of("Patient")));

        RunningServer.load(Records.transaction(ward.consent(4, ConsentState.INACTIVE)));

        Set<String> after =
                new TreeSet<>(ExportClient.ids(client.resources(manifest).of("Patient")));
        assertThat(after).hasSize(10);
        assertThat(client.resources(manifest).of("Observation")).hasSize(10);
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(after);
        JsonNode next = client.manifest(client.started("/$export?_type=Patient,Observation&_since="
                + manifest.at("/transactionTime").asText()));
        List<String> deleted = client.deleted(next);
        assertThat(deleted).contains("Patient/" + gone.iterator().next());
        assertThat(deleted).allMatch(name -> name.matches("(Patient|Observation)/[0-9a-f]{40}"));
        assertThat(deleted.stream().filter(name -> name.startsWith("Patient/"))).hasSize(1);
    }

    @Test
    void whoIsErasedIsInNoFileAndInNoLaterExport() {
        Ward ward = new Ward("research-erased", 11).load();
        world();
        ExportClient client = ward.client();
        String status = client.started("/$export?_type=Patient");
        assertThat(client.resources(client.manifest(status)).of("Patient")).hasSize(11);

        Answer erased = post(
                "/Patient/" + ward.patient(2) + "/$erase",
                TOKENS.loader(),
                new Parameters()
                        .addParameter("patient", new Reference("Patient/" + ward.patient(2)))
                        .addParameter("reason", new CodeType("objection")));
        assertThat(erased.status()).as(erased.body()).isEqualTo(200);

        assertThat(client.status(status).status()).isEqualTo(404);
        assertThat(client.export("/$export?_type=Patient").of("Patient")).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_typeFilter=Patient%3Fbirthdate%3D1952-08-17",
                "_typeFilter=Patient%3Fname%3DBrandt",
                "_typeFilter=Patient%3Fidentifier%3DX110411675",
                "_typeFilter=Observation%3Fdate%3D2026-05-04",
                "_typeFilter=Observation%3Fcode%3D8867-4",
                "_typeFilter=Condition%3Fcode%3DI48.0",
                "_until=2026-05-04T00:00:00Z",
                "_elements=Patient.name",
                "patient=Patient/1"
            })
    void nothingChoosesByWhatTheFormLeavesOut(String parameter) {
        Answer answer = WARD.client().kickOff("/$export?" + parameter);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly("SN-EXPORT-001");
    }

    /** To the instant, it would tell when a record came. */
    @Test
    void sinceIsTheBeginningOfItsWeek() {
        LocalDate lastWeek = LocalDate.now(java.time.ZoneOffset.UTC).minusWeeks(5);
        List<Integer> found = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            LocalDate since = lastWeek.with(DayOfWeek.MONDAY).plusDays(day);
            found.add(WARD.client()
                    .export("/$export?_type=Patient&_since=" + since + "T12:00:00Z")
                    .of("Patient")
                    .size());
        }
        assertThat(new TreeSet<>(found)).hasSize(1);
    }

    @Test
    void nothingButAnExportIsOpen() {
        String id = WARD.patient(0);
        String pseudonym = ExportClient.ids(
                        WARD.client().export("/$export?_type=Patient").of("Patient"))
                .get(0);
        for (String path : List.of(
                "/Patient/" + id,
                "/Patient/" + pseudonym,
                "/Patient?_id=" + id,
                "/Patient?name=Brandt",
                "/Patient/" + id + "/_history/1",
                "/Patient/" + id + "/$everything",
                "/Patient/" + id + "/$meta",
                "/Observation?patient=" + id,
                "/Observation/" + Records.id("research-signed-0"),
                "/Organization/" + WARD.institute(),
                "/Group/" + WARD.institute(),
                "/Practitioner/" + Records.PRACTITIONER,
                "/AuditEvent",
                "/$vital-readings",
                "/$rr-intervals")) {
            Answer answer = get(path, WARD.token());
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("Brandt", pseudonym);
        }
        assertThat(WARD.client()
                        .kickOff("/Group/" + WARD.institute() + "/$export")
                        .status())
                .isEqualTo(403);
        assertThat(WARD.client().kickOff("/$export?_type=Practitioner").codes()).containsExactly("SN-INTERACTION-001");
        assertThat(WARD.client().kickOff("/$export?_type=Consent").codes()).containsExactly("SN-INTERACTION-001");
        assertThat(WARD.client().kickOff("/$export?_type=Binary").status()).isIn(400, 403);
    }

    @Test
    void aPseudonymIsNobodysIdForAnybody() {
        String pseudonym = ExportClient.ids(
                        WARD.client().export("/$export?_type=Patient").of("Patient"))
                .get(0);

        assertThat(get("/Patient/" + pseudonym, TOKENS.clinicSystem(Records.CLINIC))
                        .status())
                .isEqualTo(404);
        assertThat(get("/Observation?patient=" + pseudonym, TOKENS.clinicSystem(Records.CLINIC))
                        .bundle()
                        .hasEntry())
                .isFalse();
    }

    @Test
    void anotherPurposeOrAnothersExportIsNoWayIn() {
        ExportClient client = WARD.client();
        String status = client.started("/$export?_type=Patient");
        String file = ExportClient.files(client.manifest(status)).of("Patient").get(0);
        String asClinic =
                TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", WARD.institute())
                        .claim("azp", "test-researcher"));
        String ofTreatment =
                TOKENS.token(CallerKind.RESEARCHER, claims -> claims.claim("organization", WARD.institute())
                        .claim("purpose_of_use", "TREAT"));
        for (String url : List.of(status, file)) {
            assertThat(WARD.otherClient().status(url).status()).isEqualTo(404);
            assertThat(get(url, asClinic).status()).isEqualTo(404);
            assertThat(get(url, ofTreatment).status()).isEqualTo(403);
        }
    }

    /** The audit and the patient know who got what; the recipient's names are nowhere. */
    @Test
    void thePatientSeesWhoGotTheRecords() {
        ExportClient client = WARD.client();
        client.export("/$export?_type=Patient");

        Answer log = get("/Patient/" + WARD.patient(0) + "/$access-log", TOKENS.patient(WARD.patient(0)));

        assertThat(log.status()).isEqualTo(200);
        assertThat(log.body()).contains("A research project of Institute retrieved a file with personal details");
    }
}
