package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.OwnTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class VitalReadingsOverHttpIT {

    private static RunningServer server;
    private static String loader;
    private static String job;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start();
        loader = server.token(CallerKind.ADMINISTRATOR, "loader", RunningServer.CENTRE);
        job = server.token(CallerKind.ANALYSIS_JOB, "analysis-job", RunningServer.CENTRE);
        Organization centre = new Organization();
        centre.setId(RunningServer.CENTRE);
        centre.setActive(true).setName("Herzzentrum");
        centre.addAddress().setCity("Leipzig").setPostalCode("04289").setCountry("DE");
        assertStored(server.transaction(loader, bundle(centre)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aBundleBringsTheReadingsAlong() throws Exception {
        String patient = OwnTables.newId();
        Device cuff = Vitals.device(OwnTables.newId(), Codes.CUFF, patient);
        Observation pressure = stored(Vitals.bloodPressure(patient, 131, 84), cuff);
        Observation weight = stored(Vitals.weight(patient, "84.35", "kg"), cuff);

        assertStored(server.transaction(loader, bundle(patient(patient), pressure, weight, cuff)));

        assertThat(rows(pressure)).containsExactly("1 131.0 v1 c h", "2 84.0 v1 c h");
        assertThat(rows(weight)).containsExactly("4 84.35 v1 c h");
    }

    @Test
    void furtherVitalsComeAlongToo() throws Exception {
        String patient = OwnTables.newId();
        Observation saturation = Vitals.setting(Vitals.vital(patient, Codes.OXYGEN_SATURATION), Codes.HOME);
        saturation.setValue(Vitals.quantity(BigDecimal.valueOf(96), "%"));
        Observation temperature = Vitals.setting(Vitals.vital(patient, Codes.BODY_TEMPERATURE), Codes.HOME);
        temperature.setValue(Vitals.quantity(new BigDecimal("36.8"), "Cel"));

        assertStored(server.transaction(loader, bundle(patient(patient), saturation, temperature)));

        assertThat(rows(saturation)).containsExactly("5 96.0 v1 - h");
        assertThat(rows(temperature)).containsExactly("8 36.8 v1 - h");
    }

    @Test
    void anUpdateReplacesThemUnderItsOwnVersion() throws Exception {
        String patient = OwnTables.newId();
        Observation rate = Vitals.setting(Vitals.heartRate(patient, 71), Codes.HOME);
        assertStored(server.transaction(loader, bundle(patient(patient), rate)));

        rate.setValue(Vitals.quantity(BigDecimal.valueOf(74), "/min"));
        rate.setStatus(Observation.ObservationStatus.AMENDED);
        HttpResponse<String> answer = server.put(loader, rate);

        assertStored(answer);
        assertThat(json(answer.body()).at("/meta/versionId").asText()).isEqualTo("2");
        assertThat(rows(rate)).containsExactly("3 74.0 v2 - h");
    }

    @Test
    void aBundleThatFailsAtItsVeryEndLeavesNeitherObservationNorReading() throws Exception {
        String patient = OwnTables.newId();
        assertStored(server.transaction(loader, bundle(patient(patient))));
        Organization oddlyNamed = new Organization();
        oddlyNamed.setId("clinic-" + patient.substring(0, 8));
        oddlyNamed.setActive(true).setName("Praxis");
        oddlyNamed.addAddress().setCity("Leipzig").setPostalCode("04109").setCountry("DE");
        assertStored(server.transaction(loader, bundle(oddlyNamed)));
        Observation rate = Vitals.setting(Vitals.heartRate(patient, 71), Codes.HOME);
        Consent unkeepable = consent(patient, oddlyNamed.getIdElement().getIdPart(), Purpose.TREAT);

        HttpResponse<String> answer = server.transaction(loader, bundle(rate, unkeepable));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("SN-ID-002");
        assertThat(rows(rate)).isEmpty();
        assertThat(server.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM hfj_resource WHERE fhir_id IN (?, ?)",
                                Long.class,
                                rate.getIdElement().getIdPart(),
                                unkeepable.getIdElement().getIdPart()))
                .isZero();
    }

    @Test
    void theJobReadsWhatIsPermittedUntilItIsWithdrawn() throws Exception {
        String patient = OwnTables.newId();
        Consent consent = consent(patient, RunningServer.CENTRE, Purpose.CAREMGT);
        Observation rate = Vitals.setting(Vitals.heartRate(patient, 71), Codes.HOME);
        assertStored(server.transaction(loader, bundle(patient(patient), consent, rate)));

        List<JsonNode> before = readings(before(patient), 1);
        consent.setStatus(Consent.ConsentState.INACTIVE);
        assertStored(server.put(loader, consent));
        List<JsonNode> after = readings(before(patient), 1);

        assertThat(before)
                .extracting(line -> line.get("kind").asText())
                .containsExactly("patient", "input", "reading", "end");
        assertThat(before.get(0).get("patient").asText()).isEqualTo(patient);
        assertThat(before.get(2).get("observation").asText())
                .isEqualTo(rate.getIdElement().getIdPart());
        assertThat(before.get(2).get("effective").asText()).isEqualTo(Vitals.MEASURED);
        assertThat(after).noneMatch(line -> patient.equals(line.path("patient").asText()));
    }

    /** A version's birth date, sex and country for a replay, and nothing that names the person. */
    @Test
    void aVersionOfThePersonIsGivenWithoutTheName() throws Exception {
        String patient = OwnTables.newId();
        Consent consent = consent(patient, RunningServer.CENTRE, Purpose.CAREMGT);
        Patient person = patient(patient);
        assertStored(server.transaction(loader, bundle(person, consent)));
        assertStored(server.put(loader, person.setBirthDateElement(new DateType("1953-01-01"))));
        String path = "/$risk-input?version=Patient/" + patient + "/_history/";

        HttpResponse<String> first = server.get(job, path + 1);
        HttpResponse<String> second = server.get(job, path + 2);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(first.body()).get("birthDate").asText()).isEqualTo("1952-08-17");
        assertThat(json(second.body()).get("birthDate").asText()).isEqualTo("1953-01-01");
        assertThat(json(first.body()).fieldNames())
                .toIterable()
                .isSubsetOf("resourceType", "id", "meta", "birthDate", "gender", "address");
        assertThat(server.get(job, path + 3).statusCode()).isEqualTo(404);
        assertThat(server.get(job, "/Patient/" + patient).statusCode()).isEqualTo(403);
        for (String other : List.of("Patient/x/_history/1", "Observation/" + patient + "/_history/1", "")) {
            assertThat(server.get(job, "/$risk-input?version=" + other).statusCode())
                    .as(other)
                    .isEqualTo(400);
        }
        consent.setStatus(Consent.ConsentState.INACTIVE);
        assertStored(server.put(loader, consent));
        HttpResponse<String> withdrawn = server.get(job, path + 1);
        assertThat(withdrawn.statusCode()).isEqualTo(404);
        assertThat(withdrawn.body()).doesNotContain("1952");
    }

    @Test
    void policiesReadWhatIsStoredAndAnUnknownIdHarmsNoTransaction() throws Exception {
        String patient = OwnTables.newId();
        StoredRecords records = server.bean(StoredRecords.class);
        assertStored(server.transaction(loader, bundle(patient(patient))));

        boolean unknown = java.util.Objects.requireNonNull(new TransactionTemplate(
                        server.bean(PlatformTransactionManager.class))
                .execute(status -> records.current("Patient", OwnTables.newId()).isEmpty()));

        assertThat(unknown).isTrue();
        assertThat(records.current("Patient", patient)).get().isInstanceOf(Patient.class);
        assertThat(records.current("Patient", OwnTables.newId())).isEmpty();
        assertThat(records.current("NoSuchType", patient)).isEmpty();
        assertThat(server.bean(OrganizationDirectory.class).find(RunningServer.CENTRE))
                .contains(new OrganizationDirectory.RegisteredOrganization(RunningServer.CENTRE, "DE", true));
    }

    @Test
    void theAnswerIsNdjson() throws Exception {
        HttpResponse<String> answer = server.get(job, "/$vital-readings?patients=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/fhir+ndjson");
        assertThat(answer.body()).endsWith("}\n");
    }

    @Test
    void whetherAnybodyHasChangedIsToldWithoutReadingAnybody() throws Exception {
        JsonNode before = only(server.get(job, "/$vital-readings?patients=0"));
        String since =
                "/$vital-readings?patients=0&since=" + before.path("sequence").asText();
        String patient = OwnTables.newId();
        Observation rate = Vitals.setting(Vitals.heartRate(patient, 71), Codes.HOME);
        assertStored(server.transaction(loader, bundle(patient(patient), rate)));

        JsonNode changed = only(server.get(job, since));

        assertThat(changed.path("more").asBoolean()).isTrue();
        assertThat(changed.hasNonNull("last")).isFalse();
        JsonNode nobody = only(server.get(
                job,
                "/$vital-readings?patients=0&since=" + changed.path("sequence").asText()));
        assertThat(nobody.path("more").asBoolean(true)).isFalse();
    }

    /** The last line, which is the only one. */
    private static JsonNode only(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode line = json(answer.body());
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(line.path("kind").asText()).isEqualTo("end");
        return line;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=' OR '1'='1",
                "after=00000000-0000-4000-8000-000000000000'; DROP TABLE sinusnode.directive; --",
                "after=patient-1",
                "through=patient-1",
                "through=ffffffff-ffff-ffff-ffff-ffffffffffff') OR 1=1; --",
                "patients=00",
                "patients=201",
                "patients=1;DROP",
                "patients=-1",
                "patients=99999999999",
                "since=-1",
                "since=9223372036854775807",
                "since=now()"
            })
    void anotherFormOfParameterIsRefusedAndChangesNothing(String query) throws Exception {
        String[] parts = query.split("=", 2);

        HttpResponse<String> answer = server.get(
                job, "/$vital-readings?" + parts[0] + "=" + URLEncoder.encode(parts[1], StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("\"kind\"");
        assertThat(server.jdbc().queryForObject("SELECT to_regclass('sinusnode.directive') IS NOT NULL", Boolean.class))
                .isTrue();
    }

    @Test
    void otherCallersAreRefusedAndTheRefusalIsAudited() throws Exception {
        String insurer = server.token(CallerKind.INSURER, "curious-insurer", RunningServer.CENTRE);
        String auditor = server.token(CallerKind.AUDITOR, "auditor", RunningServer.CENTRE);

        HttpResponse<String> refused = server.get(insurer, "/$vital-readings");
        HttpResponse<String> events =
                server.get(auditor, "/AuditEvent?outcome=8&agent=Organization/" + RunningServer.CENTRE + "&_count=1");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("SN-OPERATION-001");
        JsonNode bundle = json(events.body());
        assertThat(events.statusCode()).as(events.body()).isEqualTo(200);
        JsonNode newest = bundle.at("/entry/0/resource");
        assertThat(newest.path("outcomeDesc").asText()).startsWith("SN-OPERATION-001");
        assertThat(server.get(auditor, "/AuditEvent/" + newest.path("id").asText())
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get(job, "/AuditEvent?_count=1").statusCode()).isEqualTo(403);
        assertThat(server.get(job, "/AuditEvent/" + newest.path("id").asText()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void anAuditorPagesThroughEveryEventOnce() throws Exception {
        String auditor = server.token(CallerKind.AUDITOR, "auditor", RunningServer.CENTRE);
        for (int i = 0; i < 5; i++) {
            server.get(server.token(CallerKind.INSURER, "pager", RunningServer.CENTRE), "/$vital-readings");
        }
        List<String> ids = new ArrayList<>();
        String next = "/AuditEvent?subtype=operation&_count=2";
        while (!next.isEmpty()) {
            JsonNode page = json(server.get(auditor, next).body());
            page.path("entry").forEach(entry -> ids.add(entry.at("/resource/id").asText()));
            next = "";
            for (JsonNode link : page.path("link")) {
                next = link.path("relation").asText().equals("next")
                        ? link.path("url").asText()
                        : next;
            }
        }

        assertThat(ids)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(server.jdbc()
                        .queryForList(
                                "SELECT id::text FROM sinusnode.audit_event WHERE 'operation' = ANY(subtype)",
                                String.class));
    }

    @Test
    void aStreamThatBreaksOffHasNoEndLine() throws Exception {
        String patient = "ffffffff-ffff-4fff-8fff-ffffffffffff";
        assertStored(server.transaction(
                loader, bundle(patient(patient), consent(patient, RunningServer.CENTRE, Purpose.CAREMGT))));
        server.jdbc().update("""
                        INSERT INTO sinusnode.vital_reading (effective, value, change_sequence, patient, observation,
                            version, offset_minutes, code, status, device_kind, setting, author)
                        SELECT '2026-01-01'::timestamptz + n * interval '1 minute', 60 + n % 40, 1, ?::uuid,
                            gen_random_uuid(), 1, 60, 3, 'f', '-', 'h', '-'
                        FROM generate_series(1, 300000) n
                        """, patient);
        List<String> lines = new ArrayList<>();

        HttpResponse<java.io.InputStream> answer = server.open(job, "/$vital-readings?after=" + before(patient));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            lines.add(reader.readLine());
            server.jdbc().queryForList("""
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%v.effective%'
                            """);
            assertThatThrownBy(() -> {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            lines.add(line);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(lines.get(0)).contains("\"patient\"");
        assertThat(lines).hasSizeBetween(2, 300_000);
        assertThat(lines).noneMatch(line -> line.contains("\"end\"") || line.contains("OperationOutcome"));
        assertThat(readings(before(patient), 1)).hasSize(300_003);
    }

    private static List<JsonNode> readings(String after, int patients) throws Exception {
        HttpResponse<String> answer = server.get(job, "/$vital-readings?after=" + after + "&patients=" + patients);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().split("\n")) {
            lines.add(json(line));
        }
        assertThat(lines.get(lines.size() - 1).get("kind").asText()).isEqualTo("end");
        return lines;
    }

    /** The id just before this one. */
    private static String before(String patient) {
        return patient.substring(0, 24) + "%012x".formatted(Long.parseLong(patient.substring(24), 16) - 1);
    }

    private static List<String> rows(Observation observation) {
        return server
                .jdbc()
                .queryForList("""
                        SELECT concat_ws(' ', code, value::numeric(6, 2)::float8::numeric(6,2), 'v' || version, device_kind, setting)
                        FROM sinusnode.vital_reading WHERE observation = ?::uuid ORDER BY code
                        """, String.class, observation.getIdElement().getIdPart())
                .stream()
                .map(row -> row.replaceAll("(\\.\\d)0 ", "$1 "))
                .toList();
    }

    private static Observation stored(Observation observation, Device device) {
        return Vitals.setting(observation, Codes.HOME)
                .setDevice(new Reference("Device/" + device.getIdElement().getIdPart()));
    }

    private static Patient patient(String id) {
        Patient patient = new Patient();
        patient.setId(id);
        patient.setActive(true).setGender(AdministrativeGender.FEMALE);
        patient.addName().setFamily("Brandt").addGiven("Helga");
        patient.setBirthDateElement(new DateType("1952-08-17"));
        patient.addIdentifier().setSystem(Codes.KVNR).setValue("X110411675");
        return patient;
    }

    private static Consent consent(String patient, String organization, Purpose purpose) {
        Consent consent = Consents.permitting(patient, organization, purpose);
        consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-02-11T10:20:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + patient));
        consent.addOrganization(new Reference("Organization/" + RunningServer.CENTRE));
        consent.addPolicy().setUri(Canonicals.BASE + "/policy/consent/1");
        return consent;
    }

    private static Bundle bundle(Resource... resources) {
        Bundle bundle = new Bundle();
        bundle.setType(Bundle.BundleType.TRANSACTION);
        for (Resource resource : resources) {
            String id = resource.getIdElement().getIdPart();
            bundle.addEntry()
                    .setResource(resource)
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.PUT)
                    .setUrl(resource.fhirType() + "/" + id);
        }
        return bundle;
    }

    private static void assertStored(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
