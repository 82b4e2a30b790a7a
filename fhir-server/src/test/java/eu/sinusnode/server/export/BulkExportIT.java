package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportClient.ByType;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export gives is what searches give. */
class BulkExportIT extends RunningServer {

    private static @Nullable ExportWorld world;

    private static final Set<String> OF_NOBODY = Set.of("Organization", "Practitioner");

    private ExportWorld world() {
        ExportWorld made = world;
        if (made == null) {
            made = new ExportWorld("export");
            for (String who : List.of("ada", "bea", "cleo", "dora", "elsa")) {
                made.patient(who);
            }
            world = made;
        }
        return made;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/$export", "/Patient/$export", "/Group/{organization}/$export"})
    void aClinicGetsOnEachLevelWhatItsSearchesGive(String path) {
        String token = world().clinicToken();
        compare(new ExportClient(token), path.replace("{organization}", world().clinic), world().patients());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/$export", "/Patient/$export", "/Group/{organization}/$export"})
    void anInsurerGetsOnEachLevelWhatItsSearchesGive(String path) {
        String token = world().insurerToken();
        compare(new ExportClient(token), path.replace("{organization}", world().insurer), world().patients());
    }

    @Test
    void aPatientTakesTheOwnRecordAlong() {
        String own = world().id("cleo");
        compare(new ExportClient(TOKENS.patient(own)), "/Patient/$export", List.of(own));
    }

    /** For each type of the export: the same records, in the same version, word by word. */
    private static void compare(ExportClient client, String path, List<String> patients) {
        ByType<JsonNode> exported = client.export(path);

        Map<String, Set<String>> searched = new TreeMap<>();
        for (String type : exported.types()) {
            if (!OF_NOBODY.contains(type)) {
                searched.put(type, new TreeSet<>(searched(client.token(), type, patients)));
            }
        }
        assertThat(exported.types()).contains("Patient", "Observation", "Organization");
        assertThat(ExportClient.ids(exported.of("Patient"))).containsExactlyInAnyOrderElementsOf(patients);
        searched.forEach((type, found) -> assertThat(texts(exported.of(type)))
                .as(type)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(found));
        OF_NOBODY.forEach(type -> exported.of(type).forEach(resource -> assertThat(ExportClient.json(
                        get("/" + type + "/" + resource.get("id").asText(), client.token())
                                .body()))
                .isEqualTo(resource)));
    }

    private static List<String> searched(String token, String type, List<String> patients) {
        List<String> found = new ArrayList<>();
        for (String patient : patients) {
            String by = type.equals("Patient") ? "_id=" : type.equals("Coverage") ? "beneficiary=" : "patient=";
            Answer answer = get("/" + type + "?_count=500&" + by + patient, token);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            ExportClient.json(answer.body())
                    .path("entry")
                    .forEach(entry -> found.add(entry.get("resource").toString()));
        }
        return found;
    }

    private static List<String> texts(List<JsonNode> resources) {
        return resources.stream().map(JsonNode::toString).toList();
    }

    @Test
    void theManifestIsWholeAndTheFilesCanBePacked() throws IOException, InterruptedException {
        ExportClient client = new ExportClient(world().clinicToken());
        String url = client.started("/Patient/$export?_type=Patient,Observation&_outputFormat=ndjson");
        Answer answer = client.ended(url);

        JsonNode manifest = ExportClient.json(answer.body());
        assertThat(answer.header("Expires")).isPresent();
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(Instant.parse(manifest.get("transactionTime").asText())).isBefore(Instant.now());
        assertThat(manifest.get("request").asText())
                .isEqualTo(BASE + "/Patient/$export?_type=Patient,Observation&_outputFormat=ndjson");
        assertThat(manifest.get("requiresAccessToken").asBoolean()).isTrue();
        assertThat(manifest.get("deleted")).isEmpty();
        assertThat(manifest.get("error")).isEmpty();
        // Five patients, three a file at most: files end where ranges do.
        assertThat(ExportClient.files(manifest).of("Patient")).hasSize(2);

        String file = ExportClient.files(manifest).of("Observation").get(0);
        HttpResponse<byte[]> packed = HttpClient.newHttpClient()
                .send(
                        request(file, client.token())
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        String unpacked = new String(
                new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(unpacked).isEqualTo(get(file, client.token()).body());
    }

    @Test
    void sinceUntilAndFiltersChooseAmongThem() {
        ExportWorld own = new ExportWorld("export-since");
        own.patient("fine");
        own.patient("gret");
        ExportClient client = new ExportClient(own.clinicToken());
        Instant later = Instant.parse(lastUpdated(client, own.id("gret-signed")));

        ByType<JsonNode> since = client.export("/$export?_since=" + later);
        assertThat(since.types()).doesNotContain("Patient", "CareTeam");
        ByType<JsonNode> until = client.export("/$export?_until=" + encoded(later.toString()));
        assertThat(ExportClient.ids(until.of("Observation")))
                .containsExactlyInAnyOrder(own.id("fine-signed"), own.id("fine-unsigned"));

        ByType<JsonNode> filtered = client.export("/$export?_type=Patient,Observation&_typeFilter="
                + encoded("Observation?status=preliminary&code=http://loinc.org|8867-4")
                + "&_typeFilter=" + encoded("Observation?identifier=fine-1,Patient?gender=male"));
        assertThat(ExportClient.ids(filtered.of("Observation")))
                .containsExactlyInAnyOrder(own.id("fine-unsigned"), own.id("gret-unsigned"), own.id("fine-signed"));
        assertThat(filtered.types()).doesNotContain("Patient");
    }

    @Test
    void whatWasDeletedSinceIsToldToThoseWhoMightHaveHadIt() {
        ExportWorld own = new ExportWorld("export-deleted");
        own.patient("jana");
        own.patient("kim");
        String signed = "Observation/" + own.id("jana-signed");
        String unsigned = "Observation/" + own.id("jana-unsigned");
        String diagnosis = "Condition/" + own.id("kim-diagnosis");
        ExportClient clinic = new ExportClient(own.clinicToken());
        JsonNode first = clinic.manifest(clinic.started("/$export"));
        String since = "_since=" + first.get("transactionTime").asText();
        assertThat(first.get("deleted")).isEmpty();
        assertThat(clinic.deleted(clinic.manifest(clinic.started("/$export?" + since))))
                .isEmpty();

        Stream.of(signed, unsigned, diagnosis).forEach(own::delete);

        JsonNode second = clinic.manifest(clinic.started("/$export?" + since));
        assertThat(clinic.deleted(second)).containsExactlyInAnyOrder(signed, unsigned, diagnosis);
        assertThat(paths(clinic.resources(second))).doesNotContain(signed, unsigned, diagnosis);
        assertThat(deleted(clinic, since + "&_type=Condition,Patient")).containsExactly(diagnosis);
        assertThat(deleted(clinic, since + "&_until=" + since.substring(7))).isEmpty();
        assertThat(deleted(clinic, "_since=" + Instant.now().plusSeconds(60))).isEmpty();
        assertThat(deleted(clinic, "_type=Observation")).isEmpty();
        // The insurer may not read an unsigned one; the patient reads about nobody else.
        assertThat(deleted(new ExportClient(own.insurerToken()), since)).containsExactlyInAnyOrder(signed);
        assertThat(deleted(new ExportClient(TOKENS.patient(own.id("kim"))), since))
                .containsExactly(diagnosis);
    }

    private static List<String> deleted(ExportClient client, String query) {
        return client.deleted(client.manifest(client.started("/$export?" + query)));
    }

    private static List<String> paths(ByType<JsonNode> exported) {
        return exported.types().stream()
                .flatMap(type -> ExportClient.ids(exported.of(type)).stream().map(id -> type + "/" + id))
                .toList();
    }

    private static String lastUpdated(ExportClient client, String observation) {
        return ((Observation) get("/Observation/" + observation, client.token()).resource())
                .getMeta()
                .getLastUpdated()
                .toInstant()
                .toString();
    }

    @Test
    void aKickOffCanBePosted() {
        Parameters body = new Parameters();
        body.addParameter("_type", new StringType("Patient"));
        body.addParameter("_since", new InstantType("2020-01-01T00:00:00Z"));
        Answer answer = send(request("/Patient/$export", world().clinicToken())
                .header("Prefer", "respond-async")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(json(body))));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        ExportClient client = new ExportClient(world().clinicToken());
        ByType<JsonNode> exported = client.resources(
                client.manifest(answer.header("Content-Location").orElseThrow()));
        assertThat(exported.types()).containsExactly("Patient");
        assertThat(ExportClient.ids(exported.of("Patient"))).containsExactlyInAnyOrderElementsOf(world().patients());
    }

    @Test
    void whatIsNotTakenIsRefusedInWords() {
        ExportClient client = new ExportClient(world().clinicToken());
        assertThat(get("/$export", client.token()).codes()).containsExactly("SN-EXPORT-001");
        for (String query : List.of(
                "_outputFormat=text/csv",
                "_since=yesterday",
                "_since=2026-01-01",
                "_until=x",
                "_since=2026-01-01T00:00:00Z&_since=2026-01-02T00:00:00Z",
                "_type=Nonsense",
                "_type=AuditEvent",
                "_type=Group",
                "_type=Patient,,",
                "_elements=nonsense",
                "_elements=status,",
                "_elements=Observation.status.x",
                "_type=Patient&_elements=Observation.status",
                "organizeOutputBy=Observation",
                "organizeOutputBy=Patient&organizeOutputBy=Patient",
                "patient=Patient/" + world().id("ada"),
                "allowPartialManifests=true",
                "includeAssociatedData=LatestProvenanceResources",
                "_type=Patient&_typeFilter=" + encoded("Observation?code=x"),
                "_typeFilter=" + encoded("Observation"),
                "_typeFilter=" + encoded("Observation?_sort=date"),
                "_typeFilter=" + encoded("Observation?code:not=x"),
                "_typeFilter=" + encoded("Observation?subject.name=x"),
                "_typeFilter=" + encoded("Observation?_has:Provenance:target:agent=x"),
                "_typeFilter=" + encoded("Observation?nonsense=x"),
                "_typeFilter=" + encoded("Observation?date=notadate"),
                "_typeFilter=" + encoded("Observation?code=%zz"))) {
            Answer answer = client.kickOff("/$export?" + query);
            assertThat(answer.status()).as(query + " " + answer.body()).isEqualTo(400);
            assertThat(answer.codes()).as(query).containsExactly("SN-EXPORT-001");
        }
        assertThat(client.kickOff("/$export?whatever=1").status()).isEqualTo(403);
        Answer lenient =
                send(request("/$export?_type=Patient&organizeOutputBy=Group&allowPartialManifests=true", client.token())
                        .header("Prefer", "respond-async, handling=lenient")
                        .GET());
        assertThat(lenient.status()).as(lenient.body()).isEqualTo(202);
        JsonNode manifest = client.manifest(lenient.header("Content-Location").orElseThrow());
        assertThat(manifest.has("outputOrganizedBy")).isFalse();
        assertThat(ExportClient.files(manifest).types()).containsExactly("Patient");
    }

    /** As searches show them; what is not named of a type is whole. */
    @Test
    void elementsAreShownWithWhatIsMandatory() {
        ExportClient client = new ExportClient(world().clinicToken());

        ByType<JsonNode> parts =
                client.export("/$export?_type=Patient,Observation,Condition&_elements=Observation.effective,subject");

        List<JsonNode> searched = new ArrayList<>();
        for (String patient : world().patients()) {
            ExportClient.json(get(
                                    "/Observation?_count=500&_elements=effective,subject&patient=" + patient,
                                    client.token())
                            .body())
                    .path("entry")
                    .forEach(entry -> searched.add(entry.get("resource")));
        }
        assertThat(texts(parts.of("Observation"))).containsExactlyInAnyOrderElementsOf(texts(searched));
        assertThat(parts.of("Observation")).allSatisfy(part -> {
            assertThat(part.has("effectiveDateTime") && part.has("status") && part.has("code"))
                    .isTrue();
            assertThat(part.has("valueQuantity") || part.has("device")).isFalse();
            assertThat(part.at("/meta/tag/0/code").asText()).isEqualTo("SUBSETTED");
        });
        assertThat(parts.of("Condition")).allSatisfy(part -> assertThat(part.has("code") || part.has("note"))
                .isFalse());
        assertThat(parts.of("Patient"))
                .allSatisfy(part -> assertThat(part.has("name")).isTrue());
    }

    @Test
    void anExportWithoutPatientsIsEmpty() {
        ExportWorld nobody = new ExportWorld("export-nobody");
        assertThat(new ExportClient(nobody.insurerToken()).export("/$export").types())
                .isEmpty();
    }

    @Test
    void aGranularScopeCountsInAnExportToo() {
        String token = world().token(
                        CallerKind.CLINIC_SYSTEM,
                        world().clinic,
                        "system/Patient.rs system/Observation.rs?category=" + Codes.OBSERVATION_CATEGORY
                                + "|laboratory system/Organization.rs");
        ByType<JsonNode> exported = new ExportClient(token).export("/$export");

        assertThat(exported.types()).containsExactly("Patient");
    }

    @Test
    void eachFetchedFileIsOneAuditEventWithALineAPatient() {
        Instant start = Instant.now().minusSeconds(1);
        ExportWorld own = new ExportWorld("export-audit");
        own.patient("hilde");
        own.patient("irma");
        ExportClient client = new ExportClient(own.insurerToken());
        JsonNode manifest = client.manifest(client.started("/$export?_type=Patient"));
        String file = ExportClient.files(manifest).of("Patient").get(0);
        Answer download = get(file, client.token());

        Bundle happened = get("/AuditEvent?_count=500&client=test-insurer&date=ge" + start, TOKENS.auditor())
                .bundle();
        assertThat(happened.getEntry().stream()
                        .flatMap(entry -> ((AuditEvent) entry.getResource()).getEntity().stream())
                        .filter(AuditEventEntityComponent::hasQuery)
                        .map(entity -> new String(entity.getQuery(), StandardCharsets.UTF_8))
                        .filter(query -> query.contains("$"))
                        .map(query -> query.substring(query.indexOf('$')).replaceAll("=.*", "")))
                .contains("$export?_type", "$export-status?job", "$export-file?file");
        Answer events =
                get("/AuditEvent?request-id=" + download.header("X-Request-ID").orElseThrow(), TOKENS.auditor());
        assertThat(events.bundle().getEntry()).as(events.body()).singleElement().satisfies(entry -> {
            AuditEvent event = (AuditEvent) entry.getResource();
            assertThat(event.getType().getCode()).as("DICOM Export").isEqualTo("110106");
            assertThat(event.getEntity().stream()
                            .flatMap(entity -> entity.getDetail().stream())
                            .filter(detail -> "patients".equals(detail.getType()))
                            .map(detail -> detail.getValue().primitiveValue()))
                    .containsExactly("2");
        });
        String event =
                events.bundle().getEntryFirstRep().getResource().getIdElement().getIdPart();
        assertThat(database.queryForList(
                        "SELECT s.reference FROM sinusnode.audit_ledger l JOIN sinusnode.audit_event e "
                                + "ON e.day = l.day AND e.position = l.position "
                                + "JOIN sinusnode.audit_subject s ON s.subject = l.subject WHERE e.id = ?::uuid",
                        String.class,
                        event))
                .containsExactlyInAnyOrder("Patient/" + own.id("hilde"), "Patient/" + own.id("irma"));
        assertThat(get("/AuditEvent?_count=500&patient=Patient/" + own.id("irma"), TOKENS.auditor())
                        .bundle()
                        .getEntry())
                .as("an auditor finds the file by the patient")
                .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                .contains(event);
        assertThat(get("/AuditEvent?_count=500&patient=Patient/" + world().id("ada"), TOKENS.auditor())
                        .bundle()
                        .getEntry())
                .as("and not by another")
                .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                .doesNotContain(event);
        Answer runs = get("/AuditEvent?_count=50&client=test-insurer&type=110100&date=ge" + start, TOKENS.auditor());
        assertThat(runs.bundle().getEntry())
                .as("the run of the job")
                .extracting(entry -> ((AuditEvent) entry.getResource()).getOutcomeDesc())
                .contains("export complete");
        Answer affected = get(
                "/AuditEvent/$affected-patients?client=test-insurer&start=" + start + "&end="
                        + Instant.now().plusSeconds(5),
                TOKENS.auditor());
        assertThat(affected.body()).contains(own.id("hilde"), own.id("irma"));
        Answer log = get("/Patient/" + own.id("irma") + "/$access-log", TOKENS.patient(own.id("irma")));
        assertThat(log.body()).contains("Insurer of export-audit");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
