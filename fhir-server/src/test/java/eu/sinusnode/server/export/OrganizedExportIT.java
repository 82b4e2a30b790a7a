package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportClient.ByType;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files organised by patient hold what the others hold, patient by patient, and name nobody of whom they hold nothing. */
class OrganizedExportIT extends RunningServer {

    private static final Set<String> OF_NOBODY = Set.of("Organization", "Practitioner");

    private static @Nullable ExportWorld world;

    private static ExportWorld world() {
        ExportWorld made = world;
        if (made == null) {
            made = new ExportWorld("organized");
            for (String who : List.of("ada", "bea", "cleo", "dora", "elsa")) {
                made.patient(who);
            }
            // Long ones are read behind the short ones of their type, and this one has to come first all the same.
            Patient patient = Records.patient(made.id("cleo"));
            patient.getAddressFirstRep().setText("Fourth door on the left. ".repeat(600));
            load(Records.transaction(patient));
            world = made;
        }
        return made;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/$export", "/Patient/$export", "/Group/{organization}/$export"})
    void aClinicGetsOnEachLevelABlockAPatient(String path) {
        compare(new ExportClient(world().clinicToken()), path.replace("{organization}", world().clinic));
    }

    @Test
    void anInsurerGetsABlockAPatient() {
        compare(new ExportClient(world().insurerToken()), "/$export");
    }

    @Test
    void aPatientGetsOneBlock() {
        String own = world().id("dora");
        ExportClient client = new ExportClient(TOKENS.patient(own));

        ExportedBlocks blocks =
                ExportedBlocks.of(client, client.manifest(client.started("/Patient/$export?organizeOutputBy=Patient")));

        assertThat(blocks.patients()).containsExactly(own);
        assertThat(blocks.paths(own)).startsWith("Patient/" + own).contains("Observation/" + world().id("dora-signed"));
    }

    /** The same records, word by word, each in the block of its patient. */
    private static void compare(ExportClient client, String path) {
        JsonNode manifest = client.manifest(client.started(path + "?organizeOutputBy=Patient"));
        ExportedBlocks blocks = ExportedBlocks.of(client, manifest);
        ByType<JsonNode> byType = client.export(path);

        assertThat(manifest.get("outputOrganizedBy").asText()).isEqualTo("Patient");
        assertThat(manifest.get("deleted")).isEmpty();
        assertThat(manifest.get("error")).isEmpty();
        // Five patients, three a file at most: files end where ranges do.
        assertThat(manifest.get("output")).hasSize(2).allSatisfy(file -> {
            assertThat(file.has("type")).isFalse();
            assertThat(file.has("continuesInFile")).isFalse();
        });
        assertThat(blocks.patients()).containsExactlyInAnyOrderElementsOf(world().patients());
        Map<String, List<String>> ofPatients = new TreeMap<>();
        Map<String, Set<String>> ofNobody = new TreeMap<>();
        blocks.byPatient().forEach((patient, lines) -> {
            requireBlock(patient, lines);
            for (JsonNode line : lines) {
                String type = ExportedBlocks.type(line);
                if (OF_NOBODY.contains(type)) {
                    ofNobody.computeIfAbsent(type, none -> new TreeSet<>()).add(line.toString());
                } else {
                    ofPatients.computeIfAbsent(type, none -> new ArrayList<>()).add(line.toString());
                }
            }
        });
        assertThat(union(ofPatients.keySet(), ofNobody.keySet())).isEqualTo(byType.types());
        assertThat(ofNobody).isNotEmpty();
        ofPatients.forEach((type, lines) ->
                assertThat(lines).as(type).containsExactlyInAnyOrderElementsOf(texts(byType.of(type))));
        ofNobody.forEach((type, lines) ->
                assertThat(lines).as(type).containsExactlyInAnyOrderElementsOf(texts(byType.of(type))));
    }

    /** The Patient, then type by type what is the patient's, then whom that refers to. */
    private static void requireBlock(String patient, List<JsonNode> lines) {
        assertThat(ExportedBlocks.path(lines.get(0))).isEqualTo("Patient/" + patient);
        List<String> types = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        for (JsonNode line : lines) {
            String type = ExportedBlocks.type(line);
            if (OF_NOBODY.contains(type)) {
                assertThat(before.toString()).contains("\"" + ExportedBlocks.path(line) + "\"");
            } else {
                types.add(type);
                assertThat(type.equals("Provenance") || line.toString().contains(patient))
                        .as(line.toString())
                        .isTrue();
                world().patients().stream()
                        .filter(other -> !other.equals(patient))
                        .forEach(other -> assertThat(line.toString()).doesNotContain(other));
            }
            before.append(line);
        }
        assertThat(new ArrayList<>(new LinkedHashSet<>(types)))
                .as("each type at once")
                .hasSize((int) changes(types));
        assertThat(lines.stream().map(ExportedBlocks::type).dropWhile(type -> !OF_NOBODY.contains(type)))
                .as("behind the patient's own")
                .allMatch(OF_NOBODY::contains)
                .isNotEmpty();
    }

    private static long changes(List<String> types) {
        long changes = 0;
        String last = "";
        for (String type : types) {
            changes += type.equals(last) ? 0 : 1;
            last = type;
        }
        return changes;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static List<String> texts(List<JsonNode> resources) {
        return resources.stream().map(JsonNode::toString).toList();
    }

    @Test
    void itCanBePosted() {
        ExportClient client = new ExportClient(world().clinicToken());
        for (Parameters body : List.of(
                new Parameters().addParameter("organizeOutputBy", new StringType("Patient")),
                new Parameters().addParameter("organizeOutputBy", new CodeType("Patient")))) {
            body.addParameter("_type", new StringType("Observation"));
            Answer answer = client.posted("/Patient/$export", body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);

            JsonNode manifest =
                    client.manifest(answer.header("Content-Location").orElseThrow());
            ExportedBlocks blocks = ExportedBlocks.of(client, manifest);
            assertThat(blocks.patients()).containsExactlyInAnyOrderElementsOf(world().patients());
            blocks.patients()
                    .forEach(patient -> assertThat(blocks.types(patient)).containsExactly("Observation"));
        }
    }

    @Test
    void elementsAreShownOfEachType() {
        ExportClient client = new ExportClient(world().clinicToken());
        ExportedBlocks blocks = ExportedBlocks.of(
                client,
                client.manifest(client.started(
                        "/$export?_type=Patient,Observation&organizeOutputBy=Patient&_elements=Observation.subject")));

        blocks.byPatient().values().stream().flatMap(List::stream).forEach(line -> {
            boolean whole = ExportedBlocks.type(line).equals("Patient");
            assertThat(line.has("name")).isEqualTo(whole);
            assertThat(line.has("device")).isFalse();
            assertThat(line.at("/meta/tag/0/code").asText()).isEqualTo(whole ? "" : "SUBSETTED");
        });
        assertThat(blocks.patients()).hasSize(5);
    }

    @Test
    void whoIsDeniedHasNeitherBlockNorHeader() {
        ExportWorld own = new ExportWorld("organized-denied");
        own.patient("stays");
        own.patient("leaves");
        own.patient("narrows");
        own.patient("never", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "CarePlan", null)));
        ExportClient client = new ExportClient(own.insurerToken());
        JsonNode manifest = client.manifest(client.started("/$export?organizeOutputBy=Patient"));
        assertThat(ExportedBlocks.of(client, manifest).patients())
                .containsExactlyInAnyOrder(own.id("stays"), own.id("leaves"), own.id("narrows"));
        List<String> before = ExportedBlocks.of(client, manifest).paths(own.id("stays"));

        own.withdraw("leaves");
        own.permit("narrows", provision -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null)));

        ExportedBlocks blocks = ExportedBlocks.of(client, manifest);
        assertThat(blocks.patients()).containsExactlyInAnyOrder(own.id("stays"), own.id("narrows"));
        assertThat(client.outputs(manifest).toString()).doesNotContain(own.id("leaves"), own.id("never"));
        assertThat(blocks.paths(own.id("stays")))
                .as("nobody of another's block")
                .isEqualTo(before);
        assertThat(blocks.of(own.id("narrows")).stream()
                        .map(ExportedBlocks::type)
                        .filter(type -> !OF_NOBODY.contains(type)))
                .containsOnly("Observation");

        own.withdraw("stays");
        own.withdraw("narrows");
        assertThat(client.outputs(manifest))
                .allSatisfy(lines -> assertThat(lines).isEmpty());
    }

    @Test
    void aWeakerTokenFetchesLess() {
        ExportClient strong = new ExportClient(world().clinicToken());
        JsonNode manifest = strong.manifest(strong.started("/$export?organizeOutputBy=Patient"));
        String file = manifest.at("/output/0/url").asText();

        ExportClient weak = new ExportClient(
                world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Patient.rs system/Organization.rs"));
        ExportedBlocks blocks = ExportedBlocks.of(weak, manifest);
        assertThat(blocks.patients()).containsExactlyInAnyOrderElementsOf(world().patients());
        blocks.patients().forEach(patient -> assertThat(blocks.types(patient))
                .containsExactlyInAnyOrder("Patient", "Organization"));
        String without = world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Observation.rs");
        assertThat(get(file, without).codes()).containsExactly("SN-SCOPE-001");
    }

    @Test
    void deletionsAreToldAsEver() {
        ExportWorld own = new ExportWorld("organized-deleted");
        own.patient("jana");
        own.patient("kim");
        own.patient("lou");
        ExportClient client = new ExportClient(own.insurerToken());
        String since = "/$export?organizeOutputBy=Patient&_since="
                + client.manifest(client.started("/$export"))
                        .get("transactionTime")
                        .asText();

        own.delete("Observation/" + own.id("jana-signed"));
        own.withdraw("kim");

        JsonNode manifest = client.manifest(client.started(since));
        assertThat(client.deleted(manifest))
                .contains(
                        "Observation/" + own.id("jana-signed"),
                        "Patient/" + own.id("kim"),
                        "Observation/" + own.id("kim-signed"))
                .allMatch(path -> !path.contains(own.id("lou")));
        assertThat(ExportedBlocks.of(client, manifest).patients()).doesNotContain(own.id("kim"));
    }

    /** What was not changed since then is not in it; whose the rest is, the header says all the same. */
    @Test
    void aBlockCanBeWithoutItsPatient() {
        ExportWorld own = new ExportWorld("organized-since");
        own.patient("mara");
        ExportClient client = new ExportClient(own.clinicToken());
        Resource signed =
                get("/Observation/" + own.id("mara-signed"), client.token()).resource();
        Instant since = signed.getMeta().getLastUpdated().toInstant().minusMillis(1);

        ExportedBlocks blocks = ExportedBlocks.of(
                client, client.manifest(client.started("/$export?organizeOutputBy=Patient&_since=" + since)));

        String mara = own.id("mara");
        assertThat(blocks.patients()).containsExactly(mara);
        assertThat(blocks.paths(mara)).contains("Observation/" + own.id("mara-signed"));
        assertThat(blocks.types(mara)).doesNotContain("Patient", "CareTeam");
    }

    @Test
    void aFetchedFileNamesInTheAuditWhoseRecordsOfWhichTypes() {
        ExportWorld own = new ExportWorld("organized-audit");
        own.patient("nora");
        own.patient("olga");
        ExportClient client = new ExportClient(own.insurerToken());
        JsonNode manifest =
                client.manifest(client.started("/$export?_type=Patient,Observation&organizeOutputBy=Patient"));
        Answer download = get(manifest.at("/output/0/url").asText(), client.token());

        Answer events =
                get("/AuditEvent?request-id=" + download.header("X-Request-ID").orElseThrow(), TOKENS.auditor());

        assertThat(events.bundle().getEntry()).as(events.body()).singleElement().satisfies(entry -> {
            AuditEvent event = (AuditEvent) entry.getResource();
            Map<String, String> patients = new TreeMap<>();
            event.getEntity().stream()
                    .filter(AuditEventEntityComponent::hasDetail)
                    .forEach(entity -> patients.put(
                            entity.getType().getCode(),
                            entity.getDetailFirstRep().getValue().primitiveValue()));
            assertThat(patients).containsExactlyInAnyOrderEntriesOf(Map.of("Patient", "2", "Observation", "2"));
        });
        String log = get("/Patient/" + own.id("olga") + "/$access-log", TOKENS.patient(own.id("olga")))
                .body();
        assertThat(log).contains("retrieved a file with measurements and findings, personal details");
        assertThat(log).doesNotContain(own.id("nora"));
    }
}
