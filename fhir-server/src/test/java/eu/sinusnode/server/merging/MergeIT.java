package eu.sinusnode.server.merging;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.validation.MergePolicy;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.WalkRecords;
import eu.sinusnode.server.http.WalkWorld;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** {@code $merge} on the real server: all of the source's record is the target's afterwards, or nothing has happened. */
class MergeIT extends MergeWorld {

    @Test
    void aSourceWithoutRecordsIsReplaced() {
        patient("empty");
        delete("/Device/" + id("empty-cuff"));
        permitting("kept");

        Answer answer = merge(parameters("empty", "kept"), TOKENS.loader());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Parameters told = (Parameters) answer.resource();
        assertThat(told.getParameter()).extracting("name").containsExactly("input", "outcome");
        assertThat(answer.body()).as("who merges reads no record").doesNotContain("Brandt");
        assertThat(read("kept", clinician).getLink()).singleElement().satisfies(link -> {
            assertThat(link.getType()).isEqualTo(LinkType.REPLACES);
            assertThat(link.getOther().getReference()).isEqualTo("Patient/" + id("empty"));
        });
        Patient source = read("empty", TOKENS.patient(id("empty")));
        assertThat(source.getActive()).isFalse();
        assertThat(source.getLinkFirstRep().getType()).isEqualTo(LinkType.REPLACEDBY);
        assertThat(status("/Patient/" + id("empty") + "/_history/1", TOKENS.patient(id("empty"))))
                .isEqualTo(200);
        assertThat(status("/Patient/" + id("kept"), TOKENS.patient(id("empty"))))
                .as("the account of the source gains nothing")
                .isEqualTo(404);
        for (String gone : List.of("empty", "kept")) {
            Answer deleted =
                    send(request("/Patient/" + id(gone), TOKENS.loader()).DELETE());
            assertThat(deleted.codes()).containsExactly("SN-REQUEST-025");
        }
    }

    @Test
    void everyRecordMovesWithItsHistory() {
        permitting("old");
        fill("old");
        permitting("new");
        long cases = stored("Observation");

        merge("old", "new");

        Observation vital = (Observation)
                get("/Observation/" + id("old-hr"), TOKENS.patient(id("new"))).resource();
        assertThat(vital.getSubject().getReference()).isEqualTo("Patient/" + id("new"));
        assertThat(vital.getPerformerFirstRep().getReference()).isEqualTo("Patient/" + id("new"));
        assertThat(vital.getMeta().getVersionId()).isEqualTo("2");
        assertThat(stored("Observation")).isEqualTo(cases);
        assertThat(status("/Observation/" + id("old-hr") + "/_history/1", clinician))
                .as("who sees both sees what was said of the source")
                .isEqualTo(200);
        assertThat(status("/Observation/" + id("old-hr"), TOKENS.patient(id("old"))))
                .isEqualTo(404);
        assertThat(get("/Observation?patient=" + id("new"), clinician).bundle().getEntry())
                .hasSize(1);
        assertThat(get("/Condition?patient=" + id("old"), clinician).bundle().getEntry())
                .isEmpty();
        assertThat(get("/Condition?patient=" + id("new") + "&_content=Herzstolpern", clinician)
                        .bundle()
                        .getEntry())
                .as("the full text follows")
                .hasSize(1);
        assertThat(rows("vital_reading", "patient", id("old"))).isZero();
        assertThat(rows("vital_reading", "patient", id("new"))).isEqualTo(1);
        assertThat(rows("sent_identifier", "patient", id("old"))).isZero();
        assertThat(rows("sent_identifier", "patient", id("new"))).isEqualTo(1);
        assertThat(database.queryForObject(
                        "SELECT subject_of.target FROM (SELECT target_resource_id AS target FROM hfj_res_link"
                                + " WHERE src_resource_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"
                                + " AND src_path = 'Device.patient') subject_of"
                                + " JOIN hfj_resource p ON p.res_id = subject_of.target AND p.fhir_id = ?",
                        Long.class,
                        id("old-cuff"),
                        id("new")))
                .as("the cuff is the target's")
                .isNotNull();
    }

    @Test
    void whatGivesAccessStaysAndRulesTheSourceAlone() {
        permitting("left");
        fill("left");
        permitting("right");
        merge("left", "right");

        assertThat(status("/Patient/" + id("left"), clinician)).isEqualTo(200);
        Consent withdrawn = WalkWorld.consent(id("left-consent"), id("left"));
        withdrawn.setStatus(ConsentState.INACTIVE);
        assertThat(put("/Consent/" + id("left-consent"), TOKENS.patient(id("left")), withdrawn)
                        .status())
                .as("what was permitted there can be withdrawn")
                .isEqualTo(200);
        assertThat(status("/Patient/" + id("left"), clinician)).isEqualTo(404);
        assertThat(status("/Condition/" + id("left-diagnosis"), clinician)).isEqualTo(200);
        Consent ofTarget = WalkWorld.consent(id("right-consent"), id("right"));
        ofTarget.setStatus(ConsentState.INACTIVE);
        assertThat(put("/Consent/" + id("right-consent"), TOKENS.patient(id("right")), ofTarget)
                        .status())
                .isEqualTo(200);
        assertThat(status("/Condition/" + id("left-diagnosis"), clinician))
                .as("the target's Consents rule what has moved")
                .isEqualTo(404);
    }

    @Test
    void theReplacedOneTakesNothingNewAndIsOfferedToNobody() {
        permitting("before");
        permitting("after");
        for (String name : List.of("before", "after")) {
            assertThat(put("/Patient/" + id(name), TOKENS.loader(), ofOneName(name))
                            .status())
                    .isEqualTo(200);
        }
        merge("before", "after");

        Observation late = Records.heartRate(id("before"), id("before-cuff"), "late");
        for (String token : List.of(TOKENS.patient(id("before")), TOKENS.clinicSystem(Records.CLINIC))) {
            late.setPerformer(List.of(new Reference("Patient/" + id("before"))));
            Answer answer = post("/Observation", token, late);
            assertThat(answer.codes()).as(answer.body()).contains("SN-LINK-002");
        }
        Patient again = Records.patient(id("before"));
        assertThat(put("/Patient/" + id("before"), TOKENS.loader(), again).codes())
                .as("nobody takes the merge back by an update")
                .contains("SN-LINK-001");
        assertThat(get("/Patient?_id=" + id("before") + "," + id("after") + "&active=true", clinician)
                        .bundle()
                        .getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                .containsExactly(id("after"));
        Parameters asked = new Parameters();
        asked.addParameter().setName("resource").setResource(ofOneName("before"));
        assertThat(post("/Patient/$match", clinician, asked).bundle().getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                .contains(id("after"))
                .doesNotContain(id("before"));
    }

    /** A match gives so many and no more: nobody else has this name, and many have that number. */
    private static Patient ofOneName(String name) {
        Patient patient = Records.patient(id(name));
        patient.getIdentifier().clear();
        patient.getNameFirstRep().setFamily("Nachfolger");
        return patient;
    }

    @Test
    void thePreviewTellsAndDoesNothing() {
        permitting("seen");
        fill("seen");
        permitting("shown");
        Parameters preview = parameters("seen", "shown");
        preview.addParameter("preview", new BooleanType(true));

        Answer answer = merge(preview, TOKENS.loader());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("3 records would move");
        assertThat(read("seen", clinician).getActive()).isTrue();
        assertThat(read("shown", clinician).getLink()).isEmpty();
        assertThat(status("/Observation/" + id("seen-hr"), TOKENS.patient(id("seen"))))
                .isEqualTo(200);
    }

    @Test
    void theResultSaysWhatTheTargetIsToSay() {
        permitting("poor");
        permitting("rich");
        Patient result = Records.patient(id("rich"));
        result.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("+49 341 0000000");
        Parameters parameters = parameters("poor", "rich");
        parameters.addParameter().setName("result-patient").setResource(result);

        assertThat(merge(parameters, TOKENS.loader()).status()).isEqualTo(200);
        Patient target = read("rich", clinician);
        assertThat(target.getTelecomFirstRep().getValue()).isEqualTo("+49 341 0000000");
        assertThat(target.getLinkFirstRep().getType()).isEqualTo(LinkType.REPLACES);
    }

    @Test
    void aMergeThatIsAskedForAgainChangesNothing() {
        permitting("once");
        permitting("twice");
        merge("once", "twice");
        String version = read("once", clinician).getMeta().getVersionId();
        merge("once", "twice");
        assertThat(read("once", clinician).getMeta().getVersionId()).isEqualTo(version);
    }

    @Test
    void theAuditHasItForBothPatients() {
        permitting("audited");
        fill("audited");
        permitting("remaining");
        Answer answer = merge(parameters("audited", "remaining"), TOKENS.loader());

        for (String name : List.of("audited", "remaining")) {
            List<AuditEvent> events = Audited.by(answer).stream()
                    .filter(event -> json(event).contains("Patient/" + id(name)))
                    .toList();
            assertThat(events).as(name).hasSize(1);
            assertThat(events.get(0).getAction()).isEqualTo(AuditEvent.AuditEventAction.E);
            assertThat(Audited.query(events.get(0))).isEqualTo("POST " + BASE + "/Patient/$merge");
            assertThat(json(events.get(0))).contains("Observation/" + id("audited-hr"));
        }
    }

    @Test
    void preferMinimalAnswersWithTheOutcomeAlone() {
        permitting("short");
        permitting("answer");
        Answer answer = send(request("/Patient/$merge", TOKENS.loader())
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "return=minimal")
                .POST(BodyPublishers.ofString(json(parameters("short", "answer")))));
        assertThat(((Parameters) answer.resource()).getParameter())
                .extracting("name")
                .containsExactly("outcome");
    }

    /** Each type that the policy lets move, by the patient's own reads before and after: it says the same of somebody else. */
    @Test
    void eachTypeThatMovesSaysTheSameOfTheTarget() {
        permitting("many");
        permitting("whole");
        fill("many");
        Map<String, Resource> records = new TreeMap<>();
        WalkRecords.of(id("many"), BASE).forEach((type, record) -> {
            if (record instanceof Encounter stay) {
                stay.getAccount().clear();
            }
            if (!List.of("Account", "Bundle").contains(type)) {
                load(Records.transaction(record));
                records.put(type, record);
            }
        });
        for (String body : List.of(
                "'resourceType': 'CarePlan', 'status': 'active', 'intent': 'plan', 'title': 'Walking', 'period': {'start': '2026-04-01'}, 'subject': {'reference': '@'},"
                        + " 'activity': [{'detail': {'status': 'scheduled', 'description': 'Walk'}}]",
                "'resourceType': 'Goal', 'lifecycleStatus': 'active', 'subject': {'reference': '@'},"
                        + " 'description': {'text': 'Walk every day'}")) {
            Resource record = (Resource) FhirContext.forR4Cached()
                    .newJsonParser()
                    .parseResource("{" + body.replace('\'', '"').replace("@", "Patient/" + id("many")) + "}");
            record.setId(Records.id("merge-many-" + record.fhirType()));
            load(Records.transaction(record));
            records.put(record.fhirType(), record);
        }
        records.keySet().retainAll(MergePolicy.movingTypes());
        Map<String, String> before = said(records, "many");

        merge("many", "whole");

        Map<String, String> after = said(records, "whole");
        assertThat(after).isEqualTo(before);
        assertThat(records.keySet())
                .as("with the vital, the diagnosis and the cuff each type")
                .containsAll(MergePolicy.movingTypes().stream()
                        .filter(type -> !Set.of("Observation", "Condition", "Device", "DocumentReference", "Task")
                                .contains(type))
                        .toList());
        Long named = database.queryForObject(
                "SELECT count(*) FROM hfj_res_ver v JOIN hfj_resource r ON r.res_id = v.res_id AND r.res_ver = v.res_ver"
                        + " WHERE v.res_text_vc LIKE ? AND r.res_type = ANY (?)",
                Long.class,
                "%Patient/" + id("many") + "%",
                MergePolicy.movingTypes().toArray(String[]::new));
        assertThat(named).as("nowhere is the source named any more").isZero();
    }

    private static Map<String, String> said(Map<String, Resource> records, String patient) {
        Map<String, String> said = new TreeMap<>();
        records.forEach((type, record) -> {
            Answer answer = get("/" + type + "/" + record.getIdElement().getIdPart(), TOKENS.patient(id(patient)));
            assertThat(answer.status()).as(type + " " + answer.body()).isEqualTo(200);
            Resource read = answer.resource();
            read.setMeta(null);
            read.setId(record.getIdElement().getIdPart());
            said.put(type, json(read).replace(id(patient), "PATIENT"));
        });
        return said;
    }

    @Test
    void aMergeThatFailsOnItsWayLeavesEverythingAsItWas() {
        permitting("unlucky");
        fill("unlucky");
        permitting("spared");
        database.execute("ALTER TABLE sinusnode.patient_link ADD CONSTRAINT merge_it_fails CHECK (patient <> '"
                + id("spared") + "')");
        try {
            assertThat(merge(parameters("unlucky", "spared"), TOKENS.loader()).status())
                    .isGreaterThanOrEqualTo(400);
        } finally {
            database.execute("ALTER TABLE sinusnode.patient_link DROP CONSTRAINT merge_it_fails");
        }
        assertThat(read("unlucky", clinician).getActive()).isTrue();
        assertThat(read("unlucky", clinician).getMeta().getVersionId()).isEqualTo("1");
        assertThat(read("spared", clinician).getLink()).isEmpty();
        assertThat(get("/Observation/" + id("unlucky-hr"), TOKENS.patient(id("unlucky")))
                        .resource()
                        .getMeta()
                        .getVersionId())
                .isEqualTo("1");
        assertThat(rows("vital_reading", "patient", id("unlucky"))).isEqualTo(1);
        assertThat(rows("sent_identifier", "patient", id("unlucky"))).isEqualTo(1);
        assertThat(rows("patient_link", "patient", id("unlucky"))).isZero();
        merge("unlucky", "spared");
    }

    @Test
    void ofTwoWhoAreMergedIntoEachOtherAtOnceOneRemains() {
        permitting("north");
        fill("north");
        permitting("south");
        fill("south");
        List<Integer> statuses = Stream.of(parameters("north", "south"), parameters("south", "north"))
                .map(parameters -> CompletableFuture.supplyAsync(
                        () -> merge(parameters, TOKENS.loader()).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
        assertThat(Stream.of("north", "south")
                        .map(name -> read(name, TOKENS.patient(id(name))).getActive()))
                .containsExactlyInAnyOrder(true, false);
    }

    private static void delete(String path) {
        Answer answer = send(request(path, TOKENS.loader()).DELETE());
        assertThat(answer.status()).as(answer.body()).isIn(200, 204);
    }
}
