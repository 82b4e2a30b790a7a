package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;

/** What each write shows of what it did (http.html#ops). */
class PreferIT extends RunningServer {

    private static final List<String> FORMS = List.of("minimal", "representation", "OperationOutcome");
    private static final String PATCH = "[{\"op\":\"replace\",\"path\":\"/description/text\",\"value\":\"%s\"}]";

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    private static void assertShows(String form, Answer answer, int status) {
        assertThat(answer.status()).as(form + " " + answer.body()).isEqualTo(status);
        switch (form) {
            case "minimal" -> assertThat(answer.body()).isEmpty();
            case "representation" -> assertThat(answer.resource()).isInstanceOf(Goal.class);
            default -> assertThat(answer.outcome().getIssue()).isNotEmpty();
        }
    }

    private static String prefer(String form) {
        return "return=" + form;
    }

    @Test
    @Covers("http.html#return")
    void aCreate() {
        String patient = Ward.open("prefer-anja");
        for (String form : FORMS) {
            Goal goal = Ward.newGoal(patient, "create " + form);
            Answer created = send(request("/Goal", clinician)
                    .header("Content-Type", "application/fhir+json")
                    .header("Prefer", prefer(form))
                    .POST(BodyPublishers.ofString(json(goal))));
            assertShows(form, created, 201);
            assertThat(created.header("Location").orElseThrow()).contains("/Goal/");
            String condition = "identifier=https://clinic.example/goals|create-" + form;
            Answer found = send(request("/Goal", clinician)
                    .header("Content-Type", "application/fhir+json")
                    .header("If-None-Exist", condition)
                    .header("Prefer", prefer(form))
                    .POST(BodyPublishers.ofString(json(goal))));
            assertShows(form, found, 200);
        }
    }

    @Test
    @Covers("http.html#return")
    void anUpdateAndAPatch() {
        String patient = Ward.open("prefer-berta");
        String path = "/Goal/" + Ward.goal("prefer-berta");
        for (String form : FORMS) {
            Goal goal = Ward.newGoal(patient, "update " + form);
            goal.setId(Ward.goal("prefer-berta"));
            assertShows(form, Ward.put(path, clinician, goal, "Prefer", prefer(form)), 200);
            assertShows(
                    form,
                    Ward.jsonPatch(path, clinician, PATCH.formatted("patch " + form), "Prefer", prefer(form)),
                    200);
            String where = "/Goal?identifier=https://clinic.example/goals|update-" + form;
            goal.setId((String) null);
            assertShows(form, Ward.put(where.replace("|", "%7C"), clinician, goal, "Prefer", prefer(form)), 200);
            assertShows(
                    form,
                    Ward.jsonPatch(
                            where.replace("|", "%7C"), clinician, PATCH.formatted("again"), "Prefer", prefer(form)),
                    200);
        }
    }

    /** R4 has nothing to represent after a delete. */
    @Test
    @Covers("http.html#return")
    void aDelete() {
        for (String form : FORMS) {
            Ward.open("prefer-delete-" + form);
            Answer deleted = send(request("/Goal/" + Ward.goal("prefer-delete-" + form), clinician)
                    .header("Prefer", prefer(form))
                    .DELETE());
            assertThat(deleted.status()).as(form + deleted.body()).isIn(200, 204);
            assertThat(deleted.body()).doesNotContain("Walk every day");
        }
    }

    @Test
    @Covers("http.html#return")
    void theEntriesOfTransactionsAndBatches() {
        String patient = Ward.open("prefer-carla");
        for (BundleType type : List.of(BundleType.TRANSACTION, BundleType.BATCH)) {
            for (String form : FORMS) {
                Bundle bundle = new Bundle().setType(type);
                bundle.addEntry()
                        .setResource(Ward.newGoal(patient, type.toCode() + form))
                        .getRequest()
                        .setMethod(HTTPVerb.POST)
                        .setUrl("Goal");
                Answer answer = send(request("", clinician)
                        .header("Content-Type", "application/fhir+json")
                        .header("Prefer", prefer(form))
                        .POST(BodyPublishers.ofString(json(bundle))));
                BundleEntryComponent entry = answer.bundle().getEntryFirstRep();
                assertThat(entry.getResponse().getStatus()).startsWith("201");
                switch (form) {
                    case "minimal" -> {
                        assertThat(entry.hasResource()).isFalse();
                    }
                    case "representation" ->
                        assertThat(entry.getResource()).as(type + form).isInstanceOf(Goal.class);
                    default ->
                        assertThat(entry.getResponse().getOutcome())
                                .as(type + form)
                                .isInstanceOf(OperationOutcome.class);
                }
            }
        }
    }

    @Test
    void aPreferenceThatNobodyKnowsIsNone() {
        String patient = Ward.open("prefer-doris");
        String path = "/Goal/" + Ward.goal("prefer-doris");
        Goal goal = Ward.newGoal(patient, "another");
        goal.setId(Ward.goal("prefer-doris"));
        for (String preference : List.of("return=nothing", "=", ";", "wait=1", "x= y")) {
            assertThat(Ward.put(path, clinician, goal, "Prefer", preference).status())
                    .as(preference)
                    .isEqualTo(200);
        }
        String before = get(path, clinician).body();
        for (String preference : List.of(
                "return",
                "return=",
                "return=\"",
                "return= \"",
                "handling= \"",
                "return= x",
                "handling",
                "return=minimal, handling=  y")) {
            goal.getDescription().setText("not stored");
            Answer refused = Ward.put(path, clinician, goal, "Prefer", preference);
            assertThat(refused.codes()).as(preference).containsExactly("SN-REQUEST-012");
        }
        assertThat(get(path, clinician).body()).isEqualTo(before);
    }
}
