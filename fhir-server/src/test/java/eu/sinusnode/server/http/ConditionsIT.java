package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.junit.jupiter.api.Test;

/** Conditions in place of an id: they find what a search would find, and a hidden record is no match. */
class ConditionsIT extends RunningServer {

    private static final String NUMBER = "identifier=https://clinic.example/goals%7C";

    private static final int CLIENTS = 6;

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Test
    @Covers("http.html#cond-update")
    void anUpdateFindsItsRecordOrCreatesOne() {
        String patient = Ward.open("conditions-anja");
        String condition = "/Goal?patient=" + patient + "&" + NUMBER;
        Goal goal = Ward.newGoal(patient, "Walk every day");
        goal.getDescription().setText("Changed");

        Answer one = Ward.put(condition + "Walk-every-day", clinician, goal);
        assertThat(one.status()).as(one.body()).isEqualTo(200);
        assertThat(one.resource().getIdElement().getIdPart()).isEqualTo(Ward.goal("conditions-anja"));
        assertThat(one.resource().getMeta().getVersionId()).isEqualTo("2");
        Answer none = Ward.put(condition + "New", clinician, Ward.newGoal(patient, "New"));
        assertThat(none.status()).as(none.body()).isEqualTo(201);
        assertThat(none.header("Location").orElseThrow()).contains("/Goal/");
        Answer again = Ward.put(condition + "New", clinician, Ward.newGoal(patient, "New"));
        assertThat(again.status()).isEqualTo(200);
        goal.setId(Records.id("conditions-other-id"));
        assertThat(Ward.put(condition + "Walk-every-day", clinician, goal).codes())
                .containsExactly("SN-REQUEST-026");
        assertThat(Ward.put(condition + "Nothing", clinician, goal).status()).isEqualTo(404);
        goal.setId(Ward.goal("conditions-anja"));
        assertThat(Ward.put(condition + "Walk-every-day", clinician, goal).status())
                .isEqualTo(200);
        goal.setId((String) null);
        Answer several = Ward.put("/Goal?patient=" + patient, clinician, goal);
        assertThat(several.status()).isEqualTo(412);
        assertThat(several.codes()).containsExactly("SN-REQUEST-022");
    }

    @Test
    @Covers("http.html#cond-update")
    void anUpdateThatWouldFindAHiddenRecordIsAnsweredLikeOneThatFindsNone() {
        Ward.hidden("conditions-berta");
        Goal goal = Ward.newGoal(Records.id("conditions-berta"), "Walk every day");
        Goal unknown = Ward.newGoal(Records.id("conditions-unknown"), "Walk every day");
        String number = NUMBER + "Walk-every-day";

        Answer ofHidden = Ward.put("/Goal?patient=" + Records.id("conditions-berta") + "&" + number, clinician, goal);
        Answer ofUnknown =
                Ward.put("/Goal?patient=" + Records.id("conditions-unknown") + "&" + number, clinician, unknown);
        assertThat(ofHidden.status()).isEqualTo(422);
        assertThat(ofHidden.body().replace(Records.id("conditions-berta"), "ID"))
                .isEqualTo(ofUnknown.body().replace(Records.id("conditions-unknown"), "ID"));
    }

    /** Clinics repeat uploads from several machines; a condition must not become two records. */
    @Test
    @Covers("http.html#cond-update")
    void ofSimultaneousUpdatesOnOneConditionOneCreates() throws Exception {
        String patient = Ward.open("conditions-hanna");
        String condition = "/Goal?patient=" + patient + "&" + NUMBER + "Together";
        List<Answer> answers =
                AtOnce.answers(CLIENTS, client -> Ward.put(condition, clinician, Ward.newGoal(patient, "Together")));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isIn(200, 201, 409));
        assertThat(answers).filteredOn(answer -> answer.status() == 409).allSatisfy(answer -> assertThat(answer.codes())
                .containsExactly("SN-REQUEST-027"));
        assertThat(found(condition)).isEqualTo(1);
    }

    @Test
    @Covers("http.html#cond-update")
    void twoEntriesOnOneConditionThatFindsNothingStoreNothing() {
        String patient = Ward.open("conditions-ida");
        String condition = "Goal?patient=" + patient + "&" + NUMBER + "Twice";
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (int i = 0; i < 2; i++) {
            bundle.addEntry()
                    .setResource(Ward.newGoal(patient, "Twice"))
                    .getRequest()
                    .setMethod(HTTPVerb.PUT)
                    .setUrl(condition);
        }
        Answer answer = post("", clinician, bundle);
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-027");
        assertThat(found("/" + condition)).isZero();
    }

    private int found(String search) {
        return ((Bundle) get(search, clinician).resource()).getEntry().size();
    }

    @Test
    @Covers("http.html#cond-patch")
    void aPatchFindsItsRecordOrNone() {
        String patient = Ward.open("conditions-carla");
        Ward.hidden("conditions-dora");
        String patch = "[{\"op\":\"replace\",\"path\":\"/description/text\",\"value\":\"Swim\"}]";

        assertThat(Ward.jsonPatch("/Goal?patient=" + patient, clinician, patch).status())
                .isEqualTo(200);
        assertThat(((Goal) get("/Goal/" + Ward.goal("conditions-carla"), clinician)
                                .resource())
                        .getDescription()
                        .getText())
                .isEqualTo("Swim");
        Answer hidden = Ward.jsonPatch("/Goal?patient=" + Records.id("conditions-dora"), clinician, patch);
        Answer unknown = Ward.jsonPatch("/Goal?patient=" + Records.id("conditions-unknown"), clinician, patch);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.body()).isEqualTo(unknown.body());
    }

    @Test
    @Covers("http.html#ccreate")
    void aCreateMayNameAnyOpenConditionAndLooksAmongTheOwnPatientsRecords() {
        String patient = Ward.open("conditions-elsa");
        Ward.open("conditions-fritz");
        Goal goal = Ward.newGoal(patient, "Other words");

        assertThat(create(goal, "lifecycle-status=active").status()).isEqualTo(200);
        goal.setLifecycleStatus(GoalLifecycleStatus.CANCELLED);
        assertThat(create(goal, "lifecycle-status=cancelled").status()).isEqualTo(201);
        assertThat(create(goal, "lifecycle-status=cancelled").status()).isEqualTo(200);
        assertThat(create(goal, "lifecycle-status=completed").status())
                .as("the resource must satisfy the condition itself")
                .isEqualTo(400);
        load(Records.transaction((Goal) goal.copy().setId(Records.id("conditions-elsa-2")), (Goal)
                goal.copy().setId(Records.id("conditions-elsa-3"))));
        assertThat(create(goal, "lifecycle-status=cancelled").codes()).containsExactly("SN-REQUEST-022");
        assertThat(create(
                                goal,
                                "identifier=https://clinic.example/goals|Walk-every-day&patient="
                                        + Records.id("conditions-fritz"))
                        .status())
                .as("another patient's records are not asked for")
                .isEqualTo(400);
        assertThat(create(goal, "_has:Provenance:target:recorded=x").codes()).containsExactly("SN-CONDITION-001");
        assertThat(create(goal, "patient.name=x").codes()).containsExactly("SN-CONDITION-001");
    }

    @Test
    @Covers({"http.html#transaction-conditional", "http.html#transaction-patch", "http.html#transaction-delete"})
    void aTransactionTakesEveryVerb() {
        String patient = Ward.open("conditions-gerd");
        Goal second = Ward.newGoal(patient, "Second");
        second.setId(Records.id("conditions-gerd-2"));
        load(Records.transaction(second));
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        entry(bundle, HTTPVerb.DELETE, "Goal?patient=" + patient + "&" + NUMBER + "Nothing");
        entry(bundle, HTTPVerb.PATCH, "Goal/" + Ward.goal("conditions-gerd"))
                .setResource(new Binary()
                        .setContentType("application/json-patch+json")
                        .setData(
                                "[{\"op\":\"replace\",\"path\":\"/description/text\",\"value\":\"Swim\"}]".getBytes()));
        entry(bundle, HTTPVerb.DELETE, "Goal/" + Records.id("conditions-gerd-2"));
        entry(bundle, HTTPVerb.PUT, "Goal?patient=" + patient + "&" + NUMBER + "Third")
                .setResource(Ward.newGoal(patient, "Third"));
        entry(bundle, HTTPVerb.POST, "Goal").setResource(Ward.newGoal(patient, "Fourth"));

        Answer answer = post("", clinician, bundle);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.bundle().getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("204", "200", "204", "201", "201");
        assertThat(((Goal) get("/Goal/" + Ward.goal("conditions-gerd"), clinician)
                                .resource())
                        .getDescription()
                        .getText())
                .isEqualTo("Swim");
        assertThat(get("/Goal/" + Records.id("conditions-gerd-2"), clinician).status())
                .isEqualTo(410);
    }

    @Test
    @Covers({"http.html#trules", "http.html#transaction-patch", "http.html#transaction-delete"})
    void oneEntryThatIsRefusedLeavesEverythingAsItWas() {
        String patient = Ward.open("conditions-hanna");
        Ward.hidden("conditions-ida");
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        entry(bundle, HTTPVerb.DELETE, "Goal/" + Ward.goal("conditions-hanna"));
        entry(bundle, HTTPVerb.DELETE, "Goal/" + Ward.goal("conditions-ida"));
        assertThat(post("", clinician, bundle).status()).isEqualTo(404);
        bundle.getEntry().get(1).getRequest().setUrl("Goal?patient=" + patient);
        assertThat(post("", clinician, bundle).codes())
                .as("two entries for one record")
                .containsExactly("SN-BUNDLE-001");
        bundle.getEntry().get(1).getRequest().setUrl("Goal/" + Ward.goal("conditions-hanna") + "/_history/1");
        assertThat(post("", clinician, bundle).codes()).containsExactly("SN-BUNDLE-001");
        bundle.getEntry().remove(1);
        entry(bundle, HTTPVerb.PUT, "Goal/" + Records.id("conditions-none"))
                .setResource(Ward.newGoal(patient, "x").setId("Goal/" + Records.id("conditions-none")));
        assertThat(post("", clinician, bundle).status()).isEqualTo(404);
        assertThat(get("/Goal/" + Ward.goal("conditions-hanna"), clinician).status())
                .isEqualTo(200);
    }

    private static Bundle.BundleEntryComponent entry(Bundle bundle, HTTPVerb verb, String url) {
        Bundle.BundleEntryComponent entry = bundle.addEntry();
        entry.getRequest().setMethod(verb).setUrl(url);
        return entry;
    }

    private Answer create(Goal goal, String condition) {
        return send(request("/Goal", clinician)
                .header("Content-Type", "application/fhir+json")
                .header("If-None-Exist", condition)
                .POST(BodyPublishers.ofString(json(goal))));
    }
}
