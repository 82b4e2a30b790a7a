package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;

/** Files that are imported leave what the same records leave that are sent. */
class BulkImportIT extends RunningServer {

    private final ImportClient clinic = ImportClient.ofClinic(Records.CLINIC);

    @Test
    void everyRowIsTheOneOfATransaction() {
        String patient = Ward.open("import-anna");
        load(Records.transaction(VitalTransactionIT.encounter("import-anna")));
        Observation[] vitals = variety("import-anna");

        Answer sent = post("", TOKENS.clinicSystem(Records.CLINIC), Records.transaction(vitals));
        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        List<List<String>> expected = sent.bundle().getEntry().stream()
                .map(entry -> new StoredRows(database)
                        .of(new IdType(entry.getResponse().getLocation()).getIdPart()))
                .toList();
        database.update("DELETE FROM sinusnode.sent_identifier WHERE patient = ?::uuid", patient);
        long last = newest();

        JsonNode manifest = clinic.file("parity.ndjson", vitals).imported("Observation", "parity.ndjson");

        assertThat(ImportClient.counts(manifest)).containsExactly("complete " + vitals.length + "/0/0");
        List<List<String>> rows = database
                .queryForList(
                        "SELECT fhir_id FROM hfj_resource WHERE res_id > ? AND res_type = 'Observation'"
                                + " ORDER BY res_id",
                        String.class,
                        last)
                .stream()
                .map(new StoredRows(database)::of)
                .toList();
        assertThat(expected).allSatisfy(each -> assertThat(each).hasSizeGreaterThan(8));
        assertThat(rows).containsExactlyElementsOf(expected);
    }

    private long newest() {
        Long newest = database.queryForObject("SELECT max(res_id) FROM hfj_resource", Long.class);
        return newest == null ? 0 : newest;
    }

    /** Those that can be recognised when they come again. */
    private static Observation[] variety(String name) {
        return Variety.of(name).stream().filter(Observation::hasIdentifier).toArray(Observation[]::new);
    }

    @Test
    void whatIsImportedAgainIsStoredOnce() {
        String patient = Ward.open("import-bert");
        List<Observation> vitals = new ArrayList<>(List.of(variety("import-bert")));
        vitals.forEach(vital -> vital.setEncounter(null));
        // For HAPI's way: what devices do not send.
        Observation unusual = Variety.pressure("import-bert", 131, 84);
        unusual.addNote().setText("standing");
        vitals.add(unusual);
        Observation otherNames = Variety.pressure("import-bert", 133, 84);
        otherNames.getIdentifierFirstRep().setSystem("https://clinic.example/vitals");
        vitals.add(otherNames);
        clinic.file("again.ndjson", vitals.toArray(Observation[]::new));
        Goal goal = Ward.newGoal(patient, "Swim");
        clinic.file("goals.ndjson", goal);

        JsonNode first = clinic.imported("Observation", "again.ndjson", "Goal", "goals.ndjson");
        long stored = stored("Observation");
        JsonNode second = clinic.imported("Observation", "again.ndjson", "Goal", "goals.ndjson");

        assertThat(ImportClient.counts(first)).containsExactly("complete " + vitals.size() + "/0/0", "complete 1/0/0");
        assertThat(ImportClient.counts(second)).containsExactly("complete 0/" + vitals.size() + "/0", "complete 0/1/0");
        assertThat(stored("Observation")).isEqualTo(stored);
        assertThat(get("/Observation?code=85354-9&patient=" + patient, TOKENS.clinician(Records.CLINIC))
                        .bundle()
                        .getEntry())
                .hasSize(3);
    }

    @Test
    void anotherContentUnderAnIdentifierIsRefused() {
        Ward.open("import-carl");
        clinic.file("before.ndjson", Variety.pressure("import-carl", 131, 84)).imported("Observation", "before.ndjson");
        Observation changed = Variety.pressure("import-carl", 131, 84);
        changed.getComponentFirstRep()
                .setValue(new Quantity()
                        .setValue(132)
                        .setUnit("mm[Hg]")
                        .setCode("mm[Hg]")
                        .setSystem("http://unitsofmeasure.org"));
        Observation fresh = Variety.pressure("import-carl", 140, 84);
        Observation twin = fresh.copy();
        Observation otherTwin = fresh.copy();
        otherTwin.getEffectiveDateTimeType().setValueAsString("2026-02-01T08:00:00Z");

        JsonNode manifest =
                clinic.file("after.ndjson", changed, fresh, twin, otherTwin).imported("Observation", "after.ndjson");

        assertThat(ImportClient.counts(manifest)).containsExactly("complete 1/1/2");
        assertThat(clinic.refused(manifest)).containsExactly("1 SN-IMPORT-005", "4 SN-IMPORT-005");
        assertThat(clinic.errors(manifest)).doesNotContain("132", "import-carl", "2026-02-01");
    }

    /** The loader's records keep their ids, and refer to each other in whatever order within a type. */
    @Test
    void aLoaderBringsWholeHouseholds() {
        ImportClient loader = ImportClient.ofLoader();
        String patient = Records.id("import-dora");
        loader.file("patients.ndjson", Records.patient(patient));
        loader.file("cuffs.ndjson", Records.cuff(Records.id("import-dora-cuff"), patient));
        loader.file("teams.ndjson", Records.careTeam(Records.id("import-dora-team"), patient, Records.CLINIC));
        loader.file("consents.ndjson", Ward.consent("import-dora"));
        Observation vital = Variety.pressure("import-dora", 131, 84);
        Observation kept = Variety.pressure("import-dora", 140, 88);
        kept.setId(Records.id("import-dora-kept"));
        loader.file("vitals.ndjson", vital, kept);
        String[] files = {
            "Patient", "patients.ndjson",
            "Device", "cuffs.ndjson",
            "CareTeam", "teams.ndjson",
            "Consent", "consents.ndjson",
            "Observation", "vitals.ndjson"
        };

        JsonNode first = loader.imported(files);
        JsonNode second = loader.imported(files);

        assertThat(ImportClient.counts(first))
                .containsExactly(
                        "complete 1/0/0", "complete 1/0/0", "complete 1/0/0", "complete 1/0/0", "complete 2/0/0");
        assertThat(ImportClient.counts(second))
                .containsExactly(
                        "complete 0/1/0", "complete 0/1/0", "complete 0/1/0", "complete 0/1/0", "complete 0/2/0");
        String clinician = TOKENS.clinician(Records.CLINIC);
        assertThat(get("/Observation/" + Records.id("import-dora-kept"), clinician)
                        .status())
                .isEqualTo(200);
        assertThat(get("/Observation?patient=" + patient, clinician).bundle().getEntry())
                .hasSize(2);
    }

    @Test
    void aFileIsOneEventThatNamesItsPatients() {
        String ada = Ward.open("import-ada");
        String bea = Ward.open("import-bea");
        clinic.file(
                "audited.ndjson",
                Variety.pressure("import-ada", 131, 84),
                Variety.pressure("import-bea", 131, 84),
                Variety.pressure("import-bea", 140, 84));
        String url = clinic.started("Observation", "audited.ndjson");
        clinic.ended(url);

        List<AuditEvent> events = events(url, 0);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getType().getDisplay()).isEqualTo("Import");
            assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._0);
            assertThat(event.getAction()).isEqualTo(AuditEvent.AuditEventAction.C);
        });
        for (String patient : List.of(ada, bea)) {
            assertThat(get("/AuditEvent?patient=Patient/" + patient + "&request-id=" + name(url, 0), TOKENS.auditor())
                            .bundle()
                            .getEntry())
                    .hasSize(1);
        }
    }

    private static List<AuditEvent> events(String url, int file) {
        return get("/AuditEvent?request-id=" + name(url, file), TOKENS.auditor()).bundle().getEntry().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    private static String name(String url, int file) {
        return url.substring(url.indexOf("job=") + 4) + "-" + file;
    }

    @Test
    void whatWasCancelledStaysAsFarAsItWas() {
        Ward.open("import-emil");
        Observation[] vitals = IntStream.range(0, 2_000)
                .mapToObj(i -> {
                    Observation vital = Variety.pressure("import-emil", 131, 84);
                    vital.getIdentifierFirstRep().setValue("import-emil-long-" + i);
                    return vital;
                })
                .toArray(Observation[]::new);
        long before = stored("Observation");
        String url = clinic.file("long.ndjson", vitals).started("Observation", "long.ndjson");
        while (stored("Observation") == before) {
            ImportClient.pause();
        }

        assertThat(clinic.cancel(url).status()).isEqualTo(202);
        long stored = stored("Observation");
        assertThat(clinic.status(url).status()).isEqualTo(404);
        assertThat(stored - before).isBetween(1L, 1_999L);
        IntStream.range(0, 5).forEach(i -> ImportClient.pause());
        assertThat(stored("Observation")).isEqualTo(stored);
        assertThat(database.queryForObject(
                        "SELECT created FROM sinusnode.import_file WHERE job = ?::uuid",
                        Long.class,
                        url.substring(url.indexOf("job=") + 4)))
                .isEqualTo(stored - before);
        assertThat(events(url, 0))
                .extracting(AuditEvent::getOutcomeDesc)
                .containsExactly("import, until it was cancelled");
    }
}
