package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.export.ExportClient.ByType;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export of named patients gives what it would give without naming them, of these alone, and tells nothing of others. */
class ChosenPatientsExportIT extends RunningServer {

    private static final String UNKNOWN = Records.id("chosen-no-such-patient");

    private static @Nullable ExportWorld world;
    private static @Nullable ExportWorld elsewhere;

    private static ExportWorld world() {
        ExportWorld made = world;
        if (made == null) {
            made = new ExportWorld("chosen");
            for (String who : List.of("ada", "bea", "cleo", "dora")) {
                made.patient(who);
            }
            made.patient("withdrawn");
            made.withdraw("withdrawn");
            world = made;
        }
        return made;
    }

    /** Of another clinic. */
    private static String foreign() {
        ExportWorld made = elsewhere;
        if (made == null) {
            made = new ExportWorld("chosen-elsewhere");
            made.patient("foreign");
            elsewhere = made;
        }
        return made.id("foreign");
    }

    private static Parameters of(String... references) {
        Parameters body = new Parameters();
        for (String reference : references) {
            body.addParameter("patient", new Reference(reference));
        }
        return body;
    }

    private static JsonNode manifest(ExportClient client, String path, Parameters body) {
        Answer answer = client.posted(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return client.manifest(answer.header("Content-Location").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Patient/$export", "/Group/{organization}/$export"})
    void onlyTheNamedAreInIt(String path) {
        ExportClient client = new ExportClient(world().clinicToken());
        String level = path.replace("{organization}", world().clinic);
        String ada = world().id("ada");
        String cleo = world().id("cleo");

        ByType<JsonNode> named = client.resources(manifest(
                client,
                level,
                of(
                        "Patient/" + cleo,
                        "Patient/" + foreign(),
                        BASE + "/Patient/" + ada,
                        "Patient/" + UNKNOWN,
                        "Patient/not-one-of-ours",
                        "Patient/" + world().id("withdrawn"),
                        "Patient/" + cleo)));

        ByType<JsonNode> all = client.export(level);
        assertThat(ExportClient.ids(named.of("Patient"))).containsExactlyInAnyOrder(ada, cleo);
        for (String type : all.types()) {
            assertThat(named.of(type))
                    .as(type)
                    .containsExactlyInAnyOrderElementsOf(all.of(type).stream()
                            .filter(record -> !record.toString().contains("Patient/")
                                    || record.toString().contains(ada)
                                    || record.toString().contains(cleo))
                            .filter(record -> !type.equals("Patient")
                                    || List.of(ada, cleo)
                                            .contains(record.get("id").asText()))
                            .toList());
        }
    }

    @Test
    void blocksOfTheNamedAlone() {
        ExportClient client = new ExportClient(world().insurerToken());
        Parameters body = of("Patient/" + world().id("dora"), "Patient/" + foreign(), "Patient/" + world().id("bea"));
        body.addParameter("organizeOutputBy", new StringType("Patient"));

        JsonNode manifest = manifest(client, "/Patient/$export", body);

        assertThat(ExportedBlocks.of(client, manifest).patients())
                .containsExactlyInAnyOrder(world().id("bea"), world().id("dora"));
    }

    /** Somebody else's, nobody's and one who permits nothing: the answers differ in the job's name and the time alone. */
    @Test
    void nothingIsToldOfTheOthers() {
        ExportClient client = new ExportClient(world().clinicToken());
        List<String> answers = new ArrayList<>();
        for (String patient : List.of(UNKNOWN, foreign(), world().id("withdrawn"), "not-one-of-ours")) {
            Answer kickOff = client.posted("/Patient/$export", of("Patient/" + patient));
            assertThat(kickOff.status()).as(kickOff.body()).isEqualTo(202);
            ObjectNode manifest = (ObjectNode)
                    client.manifest(kickOff.header("Content-Location").orElseThrow());
            manifest.remove("transactionTime");
            assertThat(manifest.get("output")).isEmpty();
            answers.add(kickOff.body() + manifest);
        }
        assertThat(answers).allMatch(answers.get(0)::equals);
    }

    @Test
    void aPatientNamesNobodyElse() {
        String own = world().id("ada");
        ExportClient client = new ExportClient(TOKENS.patient(own));

        assertThat(ExportClient.ids(client.resources(manifest(
                                client, "/Patient/$export", of("Patient/" + own, "Patient/" + world().id("bea"))))
                        .of("Patient")))
                .containsExactly(own);
        assertThat(client.resources(manifest(client, "/Patient/$export", of("Patient/" + world().id("bea"))))
                        .types())
                .isEmpty();
    }

    @Test
    void whatIsNotTakenIsRefused() {
        ExportClient client = new ExportClient(world().clinicToken());
        String ada = "Patient/" + world().id("ada");
        List<Answer> refused = new ArrayList<>();
        refused.add(client.posted("/$export", of(ada)));
        refused.add(client.posted("/$export", of(ada), "respond-async, handling=lenient"));
        refused.add(client.kickOff("/Patient/$export?patient=" + ada));
        refused.add(client.posted("/Patient/$export?patient=" + ada, new Parameters()));
        refused.add(send(request("/Patient/$export?patient=" + ada, client.token())
                .header("Prefer", "respond-async, handling=lenient")
                .GET()));
        for (String reference : List.of(
                "Observation/" + world().id("ada-signed"),
                world().id("ada"),
                "urn:uuid:" + world().id("ada"),
                "https://elsewhere.example.org/fhir/" + ada,
                "Patient?identifier=1",
                ada + "," + ada)) {
            refused.add(client.posted("/Patient/$export", of(ada, reference)));
        }
        Parameters byIdentifier = new Parameters();
        Reference identified = new Reference();
        identified.getIdentifier().setValue("X110411675");
        refused.add(client.posted("/Patient/$export", byIdentifier.addParameter("patient", identified)));
        refused.add(client.posted(
                "/Patient/$export",
                of(IntStream.rangeClosed(0, OrderedPatients.MOST)
                        .mapToObj(number -> "Patient/" + Records.id("chosen-many-" + number))
                        .toArray(String[]::new))));
        for (Answer answer : refused) {
            assertThat(answer.status())
                    .as(refused.indexOf(answer) + answer.body())
                    .isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-EXPORT-001");
            assertThat(answer.body()).doesNotContain(world().id("ada"));
        }
    }

    @Test
    void withdrawalsAreToldOfTheNamedAlone() {
        ExportWorld own = new ExportWorld("chosen-withdrawn");
        own.patient("named");
        own.patient("silent");
        own.patient("stays");
        ExportClient client = new ExportClient(own.insurerToken());
        String since = client.manifest(client.started("/Patient/$export"))
                .get("transactionTime")
                .asText();
        own.withdraw("named");
        own.withdraw("silent");

        JsonNode manifest = manifest(
                client,
                "/Patient/$export?_type=Patient,Observation&_since=" + since,
                of("Patient/" + own.id("named"), "Patient/" + own.id("stays"), "Patient/" + foreign()));

        assertThat(client.deleted(manifest))
                .containsExactlyInAnyOrder("Patient/" + own.id("named"), "Observation/" + own.id("named-signed"));
        assertThat(ExportClient.ids(client.resources(manifest).of("Patient"))).containsExactly(own.id("stays"));
    }

    /** Who was asked about, whether or not anything was given; a patient's log tells it, too. */
    @Test
    void theAuditHasWhoWasNamed() {
        ExportWorld own = new ExportWorld("chosen-audit");
        own.patient("hilde");
        ExportClient client = new ExportClient(own.insurerToken());
        Answer kickOff = client.posted(
                "/Patient/$export?_type=Patient&organizeOutputBy=Patient",
                of("Patient/" + own.id("hilde"), "Patient/" + foreign(), "Patient/" + UNKNOWN));
        client.manifest(kickOff.header("Content-Location").orElseThrow());

        Answer events =
                get("/AuditEvent?request-id=" + kickOff.header("X-Request-ID").orElseThrow(), TOKENS.auditor());

        assertThat(events.bundle().getEntry()).as(events.body()).hasSize(1);
        AuditEvent event = (AuditEvent) events.bundle().getEntryFirstRep().getResource();
        assertThat(event.getEntity().stream()
                        .filter(AuditEventEntityComponent::hasQuery)
                        .map(entity -> new String(entity.getQuery(), StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .startsWith("POST ")
                .contains("Patient/$export", "organizeOutputBy=Patient")
                .doesNotContain(own.id("hilde"));
        assertThat(database.queryForList(
                        "SELECT s.reference FROM sinusnode.audit_ledger l JOIN sinusnode.audit_event e "
                                + "ON e.day = l.day AND e.position = l.position "
                                + "JOIN sinusnode.audit_subject s ON s.subject = l.subject WHERE e.id = ?::uuid",
                        String.class,
                        event.getIdElement().getIdPart()))
                .containsExactlyInAnyOrder("Patient/" + own.id("hilde"), "Patient/" + foreign(), "Patient/" + UNKNOWN);
        assertThat(get("/Patient/" + own.id("hilde") + "/$access-log", TOKENS.patient(own.id("hilde")))
                        .body())
                .contains("Insurer of chosen-audit asked for an export in which you are named");
    }
}
