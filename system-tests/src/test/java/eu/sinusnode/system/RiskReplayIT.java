package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flags of the real job, asked about by a real clinician, computed again by the real job. */
@ExtendWith(SystemExtension.class)
class RiskReplayIT {

    private static final int HYPERTENSIVE = 1;
    private static final int FIBRILLATING = 2;

    @Test
    void flagsOfRulesAndOfTheModelReplayIdentically(RunningSystem system) {
        assertThat(flags(system, HYPERTENSIVE)).anyMatch(flag -> is(flag, Codes.CARDIOVASCULAR_RISK));
        for (JsonNode flag : flags(system, HYPERTENSIVE)) {
            assertIdentical(system, flag);
        }
        List<JsonNode> fibrillating = flags(system, FIBRILLATING);
        assertThat(fibrillating)
                .anyMatch(flag -> is(flag, Codes.SUSPECTED_ATRIAL_FIBRILLATION))
                .anyMatch(flag -> is(flag, Codes.STROKE_RISK));
        fibrillating.forEach(flag -> assertIdentical(system, flag));
    }

    @Test
    void anInputThatWasCorrectedSinceIsReadAsItWas(RunningSystem system) {
        JsonNode flag = flags(system, HYPERTENSIVE).stream()
                .filter(one -> is(one, Codes.HOME_BLOOD_PRESSURE_CATEGORY))
                .findFirst()
                .orElseThrow();
        String input =
                flag.path("derivedFrom").path(0).path("reference").asText().replaceAll("/_history/.*", "");
        JsonNode stored = system.as("clinician-1").get(input).body();
        ObjectNode corrected = stored.deepCopy();
        corrected.remove("meta");
        corrected.put("status", "corrected");
        corrected.withArray("component").forEach(component -> ((ObjectNode) component.path("valueQuantity"))
                .put("value", component.path("valueQuantity").path("value").asInt() - 3));
        put(system, input, corrected);
        try {
            assertThat(outcome(replayed(system, flag))).isEqualTo("identical");
        } finally {
            ObjectNode back = stored.deepCopy();
            back.remove("meta");
            put(system, input, back);
        }
    }

    @Test
    void afterAWithdrawalItIsNotReplayedAndAfterwardsItIsAgain(RunningSystem system) {
        Persona persona = system.persona(HYPERTENSIVE);
        JsonNode flag = flags(system, HYPERTENSIVE).get(0);
        List<JsonNode> consents =
                Searches.firstPage(system.as(persona.login()), "Consent?patient=Patient/" + persona.id());
        assertThat(consents).isNotEmpty();
        consents.forEach(consent -> putConsent(system, persona, withoutAnalysis(consent)));
        try {
            JsonNode task = replayed(system, flag);

            assertThat(outcome(task)).isEqualTo("not-replayable");
            assertThat(task.path("output").path(1).path("valueString").asText()).contains("Consents");
        } finally {
            consents.forEach(consent -> putConsent(system, persona, consent));
        }
        assertIdentical(system, flag);
    }

    /** The rule's own limit is 180; this patient's pressures are above 120 and below it. */
    @Test
    void aFlagByACliniciansLimitNamesItAndReplaysAfterItsEnd(RunningSystem system) {
        ObjectNode limits = limits(system);
        Answer set = system.as("clinician-1").post("Goal", limits.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(set.status()).as(set.diagnostics()).isEqualTo(201);
        String goal = "Goal/" + set.body().path("id").asText();

        system.runRiskJob();
        JsonNode flag = severe(system);
        limits.put("lifecycleStatus", "completed")
                .put("id", set.body().path("id").asText());
        put(system, goal, limits);

        assertThat(flag.path("note").toString())
                .contains("beyond 120 mm[Hg]", "A clinician has set the limit for this patient (" + goal);
        assertIdentical(system, flag);
        system.runRiskJob();
        assertThat(flags(system, HYPERTENSIVE))
                .as("without the limit it is taken back")
                .noneMatch(one -> is(one, Codes.SEVERE_VITAL_VALUE)
                        && one.path("status").asText().equals("preliminary"));
    }

    /** The figure is written as the server writes it each week, for a week of the cohort's time. */
    @Test
    void aFlagThatTellsOfAdherenceReplaysAfterTheFigureWasTakenBack(RunningSystem system) {
        ObjectNode covered = covered(system);
        loaded(system, covered, 201);

        system.runRiskJob();
        JsonNode flag = pressure(system);

        String figure = "Observation/" + covered.path("id").asText();
        assertThat(flag.path("note").toString())
                .contains(
                        "a calcium channel blocker 57.1 % from ",
                        "(low, below 80 %)", "before treatment is intensified");
        assertThat(flag.path("derivedFrom").toString()).contains(figure);
        assertIdentical(system, flag);

        loaded(system, covered.put("status", "entered-in-error"), 200);
        assertIdentical(system, flag);
        system.runRiskJob();
        JsonNode without = pressure(system);
        assertThat(without.path("note").toString()).doesNotContain("Days covered");
        assertThat(without.path("valueCodeableConcept")).isEqualTo(flag.path("valueCodeableConcept"));
        assertThat(without.path("interpretation")).isEqualTo(flag.path("interpretation"));
    }

    private static JsonNode pressure(RunningSystem system) {
        return flags(system, HYPERTENSIVE).stream()
                .filter(one -> is(one, Codes.HOME_BLOOD_PRESSURE_CATEGORY))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode covered(RunningSystem system) {
        String patient = system.persona(HYPERTENSIVE).id();
        JsonNode prescription =
                Searches.firstPage(system.as("clinician-1"), "MedicationRequest?patient=Patient/" + patient).stream()
                        .filter(one -> one.toString().contains("C08CA01"))
                        .findFirst()
                        .orElseThrow();
        JsonNode plan = Searches.firstPage(system.as("clinician-1"), "CarePlan?patient=Patient/" + patient)
                .get(0);
        LocalDate last = LocalDate.ofInstant(system.directory().dataEnd(), ZoneOffset.UTC)
                .minusDays(5);
        return (ObjectNode) RunningSystem.json("""
                {"resourceType": "Observation", "id": "%s", "status": "final", "subject": {"reference": "Patient/%s"},
                "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": "therapy"}]}], "code": {"coding": [{"system": "%s", "code": "%s"}], "text": "Amlodipin"},
                "basedOn": [{"reference": "CarePlan/%s"}, {"reference": "MedicationRequest/%s"}],
                "effectivePeriod": {"start": "%s", "end": "%s"},
                "valueQuantity": {"value": 57.1, "unit": "%%", "system": "%s", "code": "%%"}}""".formatted(
                        UUID.nameUUIDFromBytes("covered".getBytes(StandardCharsets.UTF_8)),
                        patient,
                        Canonicals.OBSERVATION_CODES,
                        Codes.DAYS_COVERED,
                        plan.path("id").asText(),
                        prescription.path("id").asText(),
                        last.minusDays(27),
                        last,
                        Codes.UCUM));
    }

    private static void loaded(RunningSystem system, JsonNode observation, int status) {
        Answer answer = system.as(DemoRegistrations.LOADER)
                .put(
                        "Observation/" + observation.path("id").asText(),
                        observation.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(status);
    }

    private static JsonNode severe(RunningSystem system) {
        return flags(system, HYPERTENSIVE).stream()
                .filter(one -> is(one, Codes.SEVERE_VITAL_VALUE))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode limits(RunningSystem system) {
        JsonNode clinician = Searches.firstPage(system.as("clinician-1"), "Practitioner?_count=1")
                .get(0);
        ObjectNode goal = JsonNodeFactory.instance.objectNode();
        goal.put("resourceType", "Goal").put("lifecycleStatus", "active");
        goal.putArray("category")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", Canonicals.GOAL_CATEGORIES)
                .put("code", Codes.ALERT_LIMIT);
        goal.putObject("description").put("text", "Alerts for this patient");
        goal.putObject("subject")
                .put("reference", "Patient/" + system.persona(HYPERTENSIVE).id());
        goal.putObject("expressedBy")
                .put("reference", "Practitioner/" + clinician.path("id").asText());
        ObjectNode target = goal.putArray("target").addObject();
        target.putObject("measure")
                .putArray("coding")
                .addObject()
                .put("system", Codes.LOINC)
                .put("code", Codes.SYSTOLIC);
        target.putObject("detailRange")
                .putObject("high")
                .put("value", 120)
                .put("unit", "mm[Hg]")
                .put("system", Codes.UCUM)
                .put("code", "mm[Hg]");
        return goal;
    }

    private static JsonNode withoutAnalysis(JsonNode consent) {
        ObjectNode changed = consent.deepCopy();
        var provisions = ((ObjectNode) changed.path("provision")).withArray("provision");
        for (int i = provisions.size() - 1; i >= 0; i--) {
            if (provisions.get(i).path("purpose").toString().contains("CAREMGT")) {
                provisions.remove(i);
            }
        }
        // What was signed says something else.
        changed.putObject("sourceAttachment").put("contentType", "text/plain").put("title", "Changed in the app");
        return changed;
    }

    private static void putConsent(RunningSystem system, Persona persona, JsonNode consent) {
        ObjectNode changed = consent.deepCopy();
        changed.remove("meta");
        Answer answer = system.as(persona.login())
                .put(
                        "Consent/" + consent.path("id").asText(),
                        changed.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(200);
    }

    private static void put(RunningSystem system, String path, JsonNode resource) {
        Answer answer = system.as("clinician-1").put(path, resource.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(200);
    }

    private static void assertIdentical(RunningSystem system, JsonNode flag) {
        JsonNode task = replayed(system, flag);

        assertThat(outcome(task)).as(task.path("output").toString()).isEqualTo("identical");
    }

    /** The Task after the job has run. */
    private static JsonNode replayed(RunningSystem system, JsonNode flag) {
        Answer asked = system.as("clinician-1")
                .post(
                        "Observation/" + flag.path("id").asText() + "/$risk-replay",
                        "{\"resourceType\":\"Parameters\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(asked.status()).as(asked.diagnostics()).isEqualTo(200);
        String task = asked.body()
                .path("parameter")
                .path(0)
                .path("valueReference")
                .path("reference")
                .asText();
        system.parts().replayJob().run(List.of(), line -> {});
        return system.as("clinician-1").get(task).body();
    }

    private static String outcome(JsonNode task) {
        return task.path("output")
                .path(0)
                .path("valueCodeableConcept")
                .path("coding")
                .path(0)
                .path("code")
                .asText();
    }

    private static List<JsonNode> flags(RunningSystem system, int persona) {
        List<JsonNode> flags =
                Searches.firstPage(
                                system.as("clinician-1"),
                                Searches.flags(system.persona(persona).id()))
                        .stream()
                        .filter(flag -> !is(flag, Codes.NOT_COMPUTABLE_SUMMARY))
                        .filter(flag -> StreamSupport.stream(
                                        flag.path("component").spliterator(), false)
                                .anyMatch(one -> one.path("code").toString().contains("replay manifest")))
                        .toList();
        assertThat(flags).isNotEmpty();
        return flags;
    }

    private static boolean is(JsonNode flag, String code) {
        return flag.path("code").toString().contains("\"" + code + "\"");
    }
}
