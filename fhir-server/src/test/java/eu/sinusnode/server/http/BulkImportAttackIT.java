package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.policy.access.CallerKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and orders that must not be taken, each beside good ones. */
class BulkImportAttackIT extends RunningServer {

    private final ImportClient clinic = ImportClient.ofClinic(Records.CLINIC);

    @Test
    void eachLineIsDecidedAsTheCreateThatItIs() {
        Ward.open("import-good");
        String hidden = Ward.hidden("import-hidden");
        long before = stored("Observation");
        Observation wrongUnit = vital("import-good", "unit");
        wrongUnit.getComponentFirstRep().getValueQuantity().setUnit("kPa").setCode("kPa");
        Observation withId = vital("import-good", "id");
        withId.setId(Records.id("import-chosen"));
        Observation unnamed = vital("import-good", "unnamed");
        unnamed.setIdentifier(null);
        Observation foreign = vital("import-good", "foreign");
        foreign.setDevice(new Reference("Device/" + Records.id("import-hidden-cuff")));
        Observation future = vital("import-good", "future");
        future.getEffectiveDateTimeType().setValueAsString("2199-01-01T00:00:00Z");
        String good = json(vital("import-good", "good"));

        JsonNode manifest = clinic.lines(
                        "attack.ndjson",
                        good,
                        json(vital("import-hidden", "hidden")),
                        json(vital("import-nobody", "nobody")),
                        json(wrongUnit),
                        "",
                        json(withId),
                        json(unnamed),
                        json(foreign),
                        json(future),
                        good.substring(0, 200),
                        good.replace("\"status\"", "\"stattus\""),
                        "{\"resourceType\":\"Observation\",\"x\":\"" + "y".repeat(2 << 20) + "\"}",
                        json(Ward.newGoal(Records.id("import-good"), "Another type")),
                        "\u0000\u0001\u0002",
                        json(vital("import-good", "last")))
                .imported("Observation", "attack.ndjson");

        assertThat(ImportClient.counts(manifest)).containsExactly("complete 2/0/12");
        Map<String, String> codes = clinic.refused(manifest).stream()
                .map(each -> each.split(" ", 3))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        assertThat(codes)
                .containsEntry("2", "SN-REFERENCE-001")
                .containsEntry("3", "SN-REFERENCE-001")
                .containsEntry("4", "SN-PROFILE-001")
                .containsEntry("6", "SN-IMPORT-004")
                .containsEntry("7", "SN-IMPORT-004")
                .containsEntry("8", "SN-REFERENCE-001")
                .containsKey("9")
                .containsEntry("10", "SN-REQUEST-003")
                .containsEntry("11", "SN-FORM-001")
                .containsEntry("12", "SN-IMPORT-004")
                .containsEntry("13", "SN-IMPORT-004")
                .containsEntry("14", "SN-REQUEST-003");
        assertThat(clinic.errors(manifest)).doesNotContain("kPa", hidden, "2199", "yyyy", "import-");
        assertThat(stored("Observation") - before).isEqualTo(2);
        assertThat(outcomes(manifest, 2)).isEqualTo(outcomes(manifest, 3));
        String job = manifest.at("/error/0/url").asText().replaceAll(".*job=([^&]+)&.*", "$1");
        assertThat(get(
                                "/AuditEvent?outcome=4&patient=Patient/" + hidden + "&request-id=" + job + "-0",
                                TOKENS.auditor())
                        .bundle()
                        .getEntry())
                .isNotEmpty();
    }

    /** A hidden and an unknown patient give the same words. */
    private String outcomes(JsonNode manifest, int line) {
        return clinic.errors(manifest)
                .lines()
                .filter(outcome -> outcome.contains("\"line-" + line + "\""))
                .findFirst()
                .orElseThrow()
                .replaceAll("(?i)line[ -][0-9]+", "line");
    }

    private static Observation vital(String name, String identifier) {
        Observation vital = Variety.pressure(name, 131, 84);
        vital.getIdentifierFirstRep().setValue(name + "-" + identifier);
        return vital;
    }

    @Test
    void bytesThatAreNoLinesAreRefusedAndReadInLittleMemory() throws IOException {
        byte[] junk = new byte[3 << 20];
        new Random(7).nextBytes(junk);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 50; i++) {
                packed.write(new byte[1 << 20]);
            }
        }
        long before = stored("Observation");

        JsonNode manifest = clinic.bytes("junk.ndjson", junk)
                .bytes("bomb.ndjson", bomb.toByteArray())
                .imported("Observation", "junk.ndjson", "Observation", "bomb.ndjson");

        assertThat(ImportClient.counts(manifest).get(0)).startsWith("failed 0/0/");
        assertThat(manifest.at("/output/0/problem").asText()).contains("refused-per-file");
        assertThat(ImportClient.counts(manifest).get(1)).matches("(complete|failed) 0/0/.*");
        assertThat(stored("Observation")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../test-administrator/secret.ndjson",
                "/etc/passwd",
                "link.ndjson",
                "missing.ndjson",
                "folder.ndjson",
                "https://clinic.example/vitals.ndjson",
                "file:///etc/passwd",
                "secret.ndjson"
            })
    void onlyFilesOfTheOwnFolderAreRead(String name) throws IOException {
        ImportClient.ofLoader().file("secret.ndjson", vital("import-good", "secret"));
        Path own = IMPORTS.resolve("test-clinic-system");
        Files.createDirectories(own.resolve("folder.ndjson"));
        if (!Files.isSymbolicLink(own.resolve("link.ndjson"))) {
            Files.createSymbolicLink(
                    own.resolve("link.ndjson"),
                    IMPORTS.resolve("test-administrator/secret.ndjson").toAbsolutePath());
        }

        assertThat(clinic.kickOff(ImportClient.order("Observation", name)).body())
                .contains("SN-IMPORT-001");
    }

    @Test
    void anOrderOfAnotherFormIsRefused() {
        clinic.file("form.ndjson", vital("import-good", "form"));
        Parameters stranger = ImportClient.order("Observation", "form.ndjson");
        stranger.addParameter("mode", new CodeType("fast"));
        Parameters fetched = ImportClient.order("Observation", "form.ndjson");
        fetched.addParameter()
                .setName("storageDetail")
                .addPart()
                .setName("type")
                .setValue(new CodeType("https"));
        Parameters packed = new Parameters().addParameter("inputFormat", new StringType("application/gzip"));
        List<Parameters> orders = List.of(
                new Parameters(),
                ImportClient.order(),
                ImportClient.order("Observation", "form.ndjson", "Observation", "form.ndjson"),
                stranger,
                fetched,
                packed);

        for (Parameters order : orders) {
            Answer answer = clinic.kickOff(order);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("SN-IMPORT-001");
        }
        Answer synchronous =
                post("/$import", TOKENS.clinicSystem(Records.CLINIC), ImportClient.order("Observation", "form.ndjson"));
        assertThat(synchronous.status()).isEqualTo(400);
    }

    @Test
    void aTypeNeedsItsScope() {
        clinic.file("conditions.ndjson", new Condition());
        String narrow = TOKENS.token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", Records.CLINIC)
                .claim("scope", "system/Observation.c"));
        ImportClient few = new ImportClient(narrow, "test-clinic-system");

        Answer answer = few.kickOff(ImportClient.order("Condition", "conditions.ndjson"));

        assertThat(answer.status()).isEqualTo(403);
        Audited.refusal(answer, "SN-SCOPE-001");
        assertThat(clinic.kickOff(ImportClient.order("Organization", "conditions.ndjson"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anImportIsItsSendersAlone() {
        Ward.open("import-own");
        String url = clinic.file("own.ndjson", vital("import-own", "own")).started("Observation", "own.ndjson");
        JsonNode manifest = clinic.ended(url);
        assertThat(ImportClient.counts(manifest)).containsExactly("complete 1/0/0");
        String errors = url.replace("$import-status", "$import-errors") + "&file=0";
        String other = TOKENS.clinicSystem(Records.CENTRE);

        Stream.of(
                        get(url, other),
                        get(errors, other),
                        get(url, TOKENS.loader()),
                        send(request(url, other).method("DELETE", BodyPublishers.noBody())))
                .forEach(answer -> assertThat(answer.status()).isEqualTo(404));
        assertThat(get(errors, TOKENS.clinicSystem(Records.CLINIC)).body()).isEmpty();
        assertThat(get(url, TOKENS.clinician(Records.CLINIC)).status()).isEqualTo(403);
    }

    /** Between the kick-off and the file's turn the consent ends. */
    @Test
    void whatIsWithdrawnMeanwhileIsRefused() {
        String patient = Ward.open("import-withdrawn");
        Observation[] many = Stream.iterate(0, i -> i + 1)
                .limit(400)
                .map(i -> vital("import-withdrawn", "many-" + i))
                .toArray(Observation[]::new);
        String url = clinic.file("withdrawn.ndjson", many).started("Observation", "withdrawn.ndjson");
        Consent consent = Ward.consent("import-withdrawn");
        consent.setStatus(ConsentState.INACTIVE);
        assertThat(put("/Consent/" + consent.getIdElement().getIdPart(), TOKENS.loader(), consent)
                        .status())
                .isEqualTo(200);
        long acknowledged = of(patient);

        JsonNode manifest = clinic.ended(url);

        assertThat(manifest.at("/output/0/problem").asText()).contains("refused-per-file");
        // One transaction of five lines may have been decided just before.
        assertThat(of(patient) - acknowledged).isBetween(0L, 5L);
    }

    private long of(String patient) {
        Long count = database.queryForObject(
                "SELECT count(*) FROM sinusnode.sent_identifier WHERE patient = ?::uuid", Long.class, patient);
        return count == null ? 0 : count;
    }
}
