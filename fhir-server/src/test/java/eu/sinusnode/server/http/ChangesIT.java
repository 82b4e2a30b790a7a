package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.Test;

/** Updates by version and patches: what is stored went the whole way, and a hidden record is not there. */
class ChangesIT extends RunningServer {

    private static final String FHIRPATH = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
              {"name":"type","valueCode":"replace"},
              {"name":"path","valueString":"%s"},
              {"name":"value","valueString":"%s"}]}]}
            """;

    private static final int CLIENTS = 6;

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Test
    @Covers({"http.html#concurrency", "http.html#location"})
    void anUpdateThatNamesItsVersionIsRefusedWhenThatIsNotTheNewest() {
        String patient = Ward.open("changes-anja");
        String path = "/Goal/" + Ward.goal("changes-anja");
        Goal goal = goal(patient, "changes-anja", "Two");

        Answer changed = Ward.put(path, clinician, goal, "If-Match", "W/\"1\"");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.header("ETag")).contains("W/\"2\"");
        assertThat(changed.header("Last-Modified")).isPresent();
        for (String old : List.of("W/\"1\"", "\"7\"", "W/\"x\"")) {
            Answer stale = Ward.put(path, clinician, goal, "If-Match", old);
            assertThat(stale.status()).as(stale.body()).isEqualTo(412);
            assertThat(stale.codes()).containsExactly("SN-REQUEST-021");
            assertThat(Ward.jsonPatch(
                                    path, clinician, "[{\"op\":\"remove\",\"path\":\"/identifier\"}]", "If-Match", old)
                            .status())
                    .isEqualTo(412);
        }
        assertThat(get(path, clinician).header("ETag")).contains("W/\"2\"");
    }

    @Test
    @Covers("http.html#concurrency")
    void noVersionOfAHiddenRecordIsTold() {
        String patient = Ward.hidden("changes-berta");
        Goal goal = goal(patient, "changes-berta", "Two");
        for (String version : List.of("W/\"1\"", "W/\"9\"")) {
            Answer hidden = Ward.put("/Goal/" + Ward.goal("changes-berta"), clinician, goal, "If-Match", version);
            goal.setId(Records.id("changes-unknown"));
            Answer unknown = Ward.put("/Goal/" + Records.id("changes-unknown"), clinician, goal, "If-Match", version);
            goal.setId(Ward.goal("changes-berta"));
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.body().replace(Ward.goal("changes-berta"), "ID"))
                    .isEqualTo(unknown.body().replace(Records.id("changes-unknown"), "ID"));
        }
    }

    @Test
    @Covers("http.html#cread")
    void whoHasTheNewestVersionIsToldSoAndNobodyElse() {
        String patient = Ward.open("changes-carla");
        Ward.hidden("changes-dora");
        String path = "/Goal/" + Ward.goal("changes-carla");

        Answer same = Ward.get(path, clinician, "If-None-Match", "W/\"1\"");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(Ward.get(path, clinician, "If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT")
                        .status())
                .isEqualTo(304);
        assertThat(Ward.get(path, clinician, "If-None-Match", "W/\"2\"").status())
                .isEqualTo(200);
        assertThat(Ward.get(path, clinician, "If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")
                        .status())
                .isEqualTo(200);
        String hidden = "/Goal/" + Ward.goal("changes-dora");
        for (String[] header :
                new String[][] {{"If-None-Match", "W/\"1\""}, {"If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT"}}) {
            assertThat(Ward.get(hidden, clinician, header).status()).isEqualTo(404);
        }
        // A search waits for what was recorded before it.
        assertThat(get("/AuditEvent?_count=1", TOKENS.auditor()).status()).isEqualTo(200);
        assertThat(database.queryForObject(
                        "SELECT count(*) FROM sinusnode.audit_event WHERE request_id = ?",
                        Long.class,
                        same.header("X-Request-Id").orElseThrow()))
                .as("that it is unchanged is told, and in the audit")
                .isEqualTo(1);
        assertThat(patient).isNotEmpty();
    }

    @Test
    @Covers("http.html#return")
    void theCallerChoosesWhatTheAnswerShows() {
        String patient = Ward.open("changes-elsa");
        Goal goal = goal(patient, "changes-elsa", "Two");
        String path = "/Goal/" + Ward.goal("changes-elsa");

        Answer minimal = Ward.put(path, clinician, goal, "Prefer", "return=minimal");
        assertThat(minimal.status()).isEqualTo(200);
        assertThat(minimal.body()).isEmpty();
        assertThat(Ward.put(path, clinician, goal, "Prefer", "return=representation")
                        .resource())
                .isInstanceOf(Goal.class);
        Answer outcome =
                Ward.put(path, clinician, goal(patient, "changes-elsa", "Three"), "Prefer", "return=OperationOutcome");
        assertThat(outcome.outcome().getIssue()).isNotEmpty();
    }

    @Test
    @Covers("http.html#patch-json")
    void aJsonPatchIsStoredLikeAnUpdate() {
        String patient = Ward.open("changes-fritz");
        String path = "/Goal/" + Ward.goal("changes-fritz");

        Answer patched = Ward.jsonPatch(
                path,
                clinician,
                "[{\"op\":\"test\",\"path\":\"/lifecycleStatus\",\"value\":\"active\"},"
                        + "{\"op\":\"replace\",\"path\":\"/description/text\",\"value\":\"Swim\"}]");
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        Goal stored = (Goal) get(path, clinician).resource();
        assertThat(stored.getDescription().getText()).isEqualTo("Swim");
        assertThat(stored.getMeta().getVersionId()).isEqualTo("2");
        assertThat(stored.getSubject().getReference()).isEqualTo("Patient/" + patient);
    }

    @Test
    @Covers("http.html#patch-fhirpath")
    void aFhirPathPatchIsStoredLikeAnUpdate() {
        Ward.open("changes-gerd");
        String path = "/Goal/" + Ward.goal("changes-gerd");

        Answer patched = Ward.patch(
                path, clinician, "application/fhir+json", FHIRPATH.formatted("Goal.description.text", "Swim"));
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(((Goal) get(path, clinician).resource()).getDescription().getText())
                .isEqualTo("Swim");
        for (String beyond : List.of(
                "Goal.subject.resolve().name", "Goal.description.text.matches('(a+)+b')", "Goal.nothing", "((")) {
            Answer refused = Ward.patch(path, clinician, "application/fhir+json", FHIRPATH.formatted(beyond, "Swim"));
            assertThat(refused.status()).as(beyond).isIn(400, 422);
            assertThat(refused.outcome().getIssueFirstRep().getDiagnostics()).contains("peration 0");
        }
    }

    @Test
    @Covers({"http.html#patch-json", "http.html#patch-xml"})
    void aPatchThatCannotBeCarriedOutSaysWhichOperation() {
        Ward.open("changes-hanna");
        String path = "/Goal/" + Ward.goal("changes-hanna");

        Answer second = Ward.jsonPatch(
                path,
                clinician,
                "[{\"op\":\"replace\",\"path\":\"/description/text\",\"value\":\"Swim\"},"
                        + "{\"op\":\"remove\",\"path\":\"/note/0\"}]");
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.outcome().getIssueFirstRep().getDiagnostics()).contains("Operation 1");
        for (String malformed : List.of("", "{}", "[]", "[1]", "[{\"op\":\"fly\",\"path\":\"/x\"}]", "[[[[")) {
            assertThat(Ward.jsonPatch(path, clinician, malformed).status())
                    .as(malformed)
                    .isEqualTo(400);
        }
        for (String senseless : List.of(
                "[{\"op\":\"add\",\"path\":\"/unknown\",\"value\":1}]",
                "[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"x\"}]",
                "[{\"op\":\"replace\",\"path\":\"/resourceType\",\"value\":\"Patient\"}]",
                "[{\"op\":\"remove\",\"path\":\"/lifecycleStatus\"}]")) {
            assertThat(Ward.jsonPatch(path, clinician, senseless).status())
                    .as(senseless)
                    .isEqualTo(422);
        }
        assertThat(Ward.patch(path, clinician, "application/xml-patch+xml", "<diff/>")
                        .status())
                .isEqualTo(415);
        assertThat(((Goal) get(path, clinician).resource()).getMeta().getVersionId())
                .isEqualTo("1");
    }

    @Test
    @Covers("http.html#patch-json")
    void aPatchCannotDoWhatAnUpdateCannot() {
        String patient = Ward.open("changes-ida");
        String other = Ward.open("changes-jana");
        Ward.hidden("changes-klara");
        String path = "/Goal/" + Ward.goal("changes-ida");

        Answer moved = Ward.jsonPatch(
                path,
                clinician,
                "[{\"op\":\"replace\",\"path\":\"/subject/reference\",\"value\":\"Patient/" + other + "\"}]");
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.codes()).contains("SN-REFERENCE-001");
        Answer labelled = Ward.jsonPatch(
                path,
                clinician,
                "[{\"op\":\"add\",\"path\":\"/meta/security\",\"value\":[{\"system\":\"x\",\"code\":\"R\"}]}]");
        assertThat(labelled.codes()).containsExactly("SN-CONTENT-001");
        Answer contained = Ward.jsonPatch(
                path, clinician, "[{\"op\":\"add\",\"path\":\"/contained\",\"value\":[{\"resourceType\":\"Basic\"}]}]");
        assertThat(contained.status()).isIn(403, 422);
        String patch = "[{\"op\":\"remove\",\"path\":\"/identifier\"}]";
        Answer hidden = Ward.jsonPatch("/Goal/" + Ward.goal("changes-klara"), clinician, patch);
        Answer unknown = Ward.jsonPatch("/Goal/" + Records.id("changes-unknown"), clinician, patch);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.body().replace(Ward.goal("changes-klara"), "ID"))
                .isEqualTo(unknown.body().replace(Records.id("changes-unknown"), "ID"));
        assertThat(Ward.jsonPatch(path, TOKENS.loader(), patch).codes())
                .as("whether an operation can be done tells what the record says")
                .containsExactly("SN-INTERACTION-001");
        assertThat(Ward.jsonPatch(path, TOKENS.patient(patient), patch).codes()).containsExactly("SN-INTERACTION-001");
        assertThat(Ward.jsonPatch(path, WalkWorld.token(CallerKind.INSURER), patch)
                        .codes())
                .containsExactly("SN-INTERACTION-001");
    }

    /** A risk flag is signed by its status, and nothing else of it changes. */
    @Test
    @Covers("http.html#patch-json")
    void thePatchedVitalReachesTheFastLane() {
        String patient = Ward.open("changes-lena");
        String path = "/Observation/" + Ward.vital("changes-lena");
        assertThat(readings(Ward.vital("changes-lena"))).isEqualTo(63);

        Answer patched = Ward.jsonPatch(
                path, clinician, "[{\"op\":\"replace\",\"path\":\"/valueQuantity/value\",\"value\":71}]");
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(readings(Ward.vital("changes-lena"))).isEqualTo(71);
        Answer wrong = Ward.jsonPatch(
                path, clinician, "[{\"op\":\"replace\",\"path\":\"/valueQuantity/value\",\"value\":7100}]");
        assertThat(wrong.codes()).containsOnly("SN-PROFILE-001");
        Observation stored = (Observation) get(path, TOKENS.patient(patient)).resource();
        assertThat(stored.getStatus()).isEqualTo(ObservationStatus.FINAL);
        assertThat(stored.getValueQuantity().getValue()).hasToString("71");
    }

    /** The fast lane is written before the storage sees that two wrote the same. */
    @Test
    @Covers("http.html#concurrency")
    void ofSimultaneousUpdatesOfAVitalEachIsStoredOrRefused() throws Exception {
        String patient = Ward.open("changes-mara");
        String path = "/Observation/" + Ward.vital("changes-mara");
        Observation vital = (Observation) get(path, clinician).resource();

        List<String> stored = new ArrayList<>();
        int refused = 0;
        for (int round = 0; round < 5 || round < 20 && refused == 0; round++) {
            // No value comes twice: what changes nothing makes no version.
            int base = 70 + 10 * round;
            List<Answer> answers = AtOnce.answers(CLIENTS, client -> {
                Observation changed = vital.copy();
                changed.getValueQuantity().setValue(base + client);
                return Ward.put(path, clinician, changed);
            });
            for (Answer answer : answers) {
                assertThat(answer.status()).as(answer.body()).isIn(200, 409);
                if (answer.status() == 409) {
                    refused++;
                    assertThat(answer.codes()).containsExactly("SN-REQUEST-027");
                } else {
                    stored.add(answer.header("ETag").orElseThrow());
                }
            }
        }
        assertThat(refused).as("some came at the same moment").isPositive();
        Observation last = (Observation) get(path, TOKENS.patient(patient)).resource();
        assertThat(stored).as("each made a version of its own").doesNotHaveDuplicates();
        assertThat(last.getMeta().getVersionId()).isEqualTo(String.valueOf(1 + stored.size()));
        assertThat(readings(Ward.vital("changes-mara")))
                .isEqualTo(last.getValueQuantity().getValue().doubleValue());
    }

    private double readings(String observation) {
        Double value = database.queryForObject(
                "SELECT value FROM sinusnode.vital_reading WHERE observation = ?::uuid", Double.class, observation);
        return value == null ? 0 : value;
    }

    private static Goal goal(String patient, String name, String text) {
        Goal goal = Ward.newGoal(patient, text);
        goal.setId(Ward.goal(name));
        return goal;
    }
}
