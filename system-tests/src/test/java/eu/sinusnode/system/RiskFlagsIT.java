package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SystemExtension.class)
class RiskFlagsIT {

    /** Persistent atrial fibrillation on an ECG patch; everything permitted; first clinic. */
    private static final int FIBRILLATING = 2;

    /** Uncontrolled hypertension; everything permitted; first clinic. */
    private static final int HYPERTENSIVE = 1;

    /** Heart failure, weight rising; everything permitted; first clinic. */
    private static final int DECOMPENSATING = 3;

    /** Paroxysmal fibrillation; analysis may use blood pressure only; second clinic. */
    private static final int PRESSURE_ONLY = 7;

    @Test
    void theLoaderWasConfirmedEveryPatient(RunningSystem system) {
        assertThat(system.loaded().patients()).isEqualTo(10);
        assertThat(system.loaded().vitals()).isGreaterThan(1000);
        assertThat(system.loaded().carePlans()).isPositive();
        assertThat(system.loaded().created()).isPositive();
    }

    @Test
    void fibrillationIsFlaggedWithReasonsAndWhatItWasDerivedFrom(RunningSystem system) {
        JsonNode flag = flag(system, FIBRILLATING, Codes.SUSPECTED_ATRIAL_FIBRILLATION);

        assertThat(flag.path("status").asText()).isEqualTo("preliminary");
        assertThat(flag.path("valueCodeableConcept")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText())
                .isIn("high", "certain", "moderate");
        assertThat(flag.path("note").findValuesAsText("text")).anyMatch(text -> text.length() > 40);
        assertThat(flag.path("derivedFrom")).isNotEmpty();
        assertThat(flag.path("device").path("reference").asText()).startsWith("Device/");
        assertThat(flag.path("component")).isNotEmpty();
        JsonNode forPatient = StreamSupport.stream(flag.path("component").spliterator(), false)
                .filter(component -> component.path("code").toString().contains(Codes.SENTENCE_FOR_PATIENT))
                .findFirst()
                .orElseThrow();
        assertThat(forPatient.path("valueString").asText()).contains("Your heartbeat was irregular");
        assertThat(forPatient.path("_valueString").toString())
                .contains("\"de\"")
                .contains("Ihr Herzschlag");
    }

    @Test
    void uncontrolledHypertensionIsFlagged(RunningSystem system) {
        JsonNode flag = flag(system, HYPERTENSIVE, Codes.HOME_BLOOD_PRESSURE_CATEGORY);

        assertThat(flag.path("valueCodeableConcept")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText())
                .isIn("hypertension", "severe");
    }

    /** A smoker of 63 with high pressure and cholesterol: birth date, sex, country, smoking and lipids reached the job. */
    @Test
    void score2IsComputedFromTheRecord(RunningSystem system) {
        JsonNode flag = flag(system, HYPERTENSIVE, Codes.CARDIOVASCULAR_RISK);

        assertThat(flag.path("status").asText()).isEqualTo("preliminary");
        assertThat(flag.path("note").toString()).contains("SCORE2 gives a ten-year risk of", "moderate risk region");
        assertThat(flag.path("component").toString()).contains("Ten-year risk, SCORE2", "Total cholesterol");
    }

    /** A man of 71 with fibrillation and hypertension: one point each for age and pressure. */
    @Test
    void cha2ds2VaIsComputedFromTheRecord(RunningSystem system) {
        JsonNode flag = flag(system, FIBRILLATING, Codes.STROKE_RISK);

        assertThat(flag.path("note").toString()).contains("CHA2DS2-VA is 2 of 8: age 71 (1), hypertension (1).");
    }

    /** Chest pain, and an exercise test: a clinician writes the findings, the next run flags them. */
    @Test
    void coronaryStenosisIsFlaggedFromWhatTheBedsideFound(RunningSystem system) {
        find(system, Codes.CHEST_PAIN_TYPE, "CodeableConcept", """
                {"coding": [{"system": "%s", "code": "%s"}]}""".formatted(
                        Canonicals.CHEST_PAIN_TYPES, Codes.ATYPICAL_ANGINA));
        find(system, Codes.EXERCISE_ANGINA, "Boolean", "true");
        find(system, Codes.EXERCISE_ST_DEPRESSION, "Quantity", quantity("0.4", "mV"));
        find(system, Codes.MAXIMAL_EXERCISE_HEART_RATE, "Quantity", quantity("90", "/min"));

        system.runRiskJob();

        JsonNode flag = flag(system, HYPERTENSIVE, Codes.CORONARY_STENOSIS);
        assertThat(flag.path("status").asText()).isEqualTo("preliminary");
        assertThat(flag.path("note").toString())
                .contains("ST depression in exercise 4.0 mm", "angina in exercise", "add up");
        assertThat(flag.path("component").toString())
                .contains("Probability, calibrated", "Contribution of st_depression", "Koronarstenose");
        assertThat(flag.path("method").path("text").asText()).contains("coronary-bedside-logistic 1.0.0, SHA-256");
        assertThat(flag(system, FIBRILLATING, Codes.NOT_COMPUTABLE_SUMMARY).toString())
                .contains("Coronary stenosis cannot be judged. Missing, stale or withheld: chest pain type");
    }

    /** Heart failure on its way to decompensation: a model of simulated patients sees it, is counted, and shown to nobody. */
    @Test
    void whatIsInTheShadowIsCountedAndNotShown(RunningSystem system) {
        JsonNode report = system.runRiskJob("--full");

        assertThat(report.path("inShadow").asInt()).isPositive();
        assertThat(Searches.firstPage(
                        system.as("clinician-1"),
                        Searches.flags(system.persona(DECOMPENSATING).id())))
                .isNotEmpty()
                .noneMatch(flag -> flag.toString().contains(Codes.HEART_FAILURE_DECOMPENSATION)
                        || flag.toString().contains(Codes.PRESSURE_DETERIORATION));
    }

    private static String quantity(String value, String unit) {
        return """
                {"value": %s, "unit": "%s", "system": "http://unitsofmeasure.org", "code": "%s"}""".formatted(value, unit, unit);
    }

    private static void find(RunningSystem system, String code, String type, String value) {
        String finding = """
                {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/%s"},
                "code": {"coding": [{"system": "%s", "code": "%s"}]}, "effectiveDateTime": "%s", "value%s": %s}""".formatted(
                        system.persona(HYPERTENSIVE).id(),
                        Canonicals.OBSERVATION_CODES,
                        code,
                        system.directory()
                                .dataEnd()
                                .minus(Duration.ofDays(5))
                                .toString()
                                .substring(0, 10),
                        type,
                        value);
        Answer stored = system.as("clinician-1").post("Observation", finding.getBytes(StandardCharsets.UTF_8));
        assertThat(stored.status()).as(stored.diagnostics()).isEqualTo(201);
    }

    /** Analysis may see blood pressure only: the summary says what of the score is withheld, and nobody took it for low. */
    @Test
    void whatConsentWithholdsOfAScoreIsNamed(RunningSystem system) {
        JsonNode summary = flag(system, "clinician-2", PRESSURE_ONLY, Codes.NOT_COMPUTABLE_SUMMARY);

        assertThat(summary.toString())
                .contains("CHA2DS2-VA cannot be computed")
                .contains("the birth date: withheld by the patient's consent")
                .contains("chest pain type: withheld by the patient's consent");
    }

    @Test
    void anInsurerNeverSeesAFlagThatNobodySigned(RunningSystem system) {
        String patient = system.persona(HYPERTENSIVE).id();

        assertThat(Searches.firstPage(system.as("insurer"), Searches.bloodPressures(patient)))
                .as("the insurer may read this patient's blood pressure")
                .isNotEmpty();
        assertThat(Searches.firstPage(system.as("insurer"), Searches.flags(patient)))
                .isEmpty();
    }

    /** The auditor finds who scored whom with what, also when a run had nothing to write. */
    @Test
    void aRunStandsInTheAuditWithItsStartAndItsEnd(RunningSystem system) {
        Instant before = Instant.now().minusSeconds(1);

        JsonNode report = system.runRiskJob();

        String since = URLEncoder.encode("ge" + before, StandardCharsets.UTF_8);
        List<JsonNode> all = system
                .as("auditor")
                .searchAll(
                        "AuditEvent?_sort=date&type=110100&client=" + DemoRegistrations.ANALYSIS_JOB + "&date=" + since)
                .stream()
                .filter(event -> "AuditEvent".equals(event.path("resourceType").asText()))
                .toList();
        // The run before this one may have ended in the same second.
        String last = run(all.get(all.size() - 1));
        List<JsonNode> told =
                all.stream().filter(event -> last.equals(run(event))).toList();
        assertThat(told).extracting(RiskFlagsIT::subtype).containsExactly("110120", "110121");
        assertThat(told).extracting(RiskFlagsIT::run).doesNotContain("").hasSize(2);
        assertThat(run(told.get(0))).isEqualTo(run(told.get(1)));
        assertThat(details(told.get(0), "model"))
                .hasSize(12)
                .anyMatch(model -> model.contains("SHA-256"))
                .filteredOn(model -> model.endsWith(" in shadow") || model.contains(" in shadow,"))
                .hasSize(2);
        assertThat(told.get(1).path("outcomeDesc").asText()).isEqualTo("run completed");
        assertThat(details(told.get(1), "patients"))
                .containsExactly(report.path("patients").asText());
        JsonNode open = system.as("auditor")
                .get("AuditEvent/$unfinished-runs?client=" + DemoRegistrations.ANALYSIS_JOB + "&start=" + before
                        + "&end=" + Instant.now().plusSeconds(60))
                .body();
        assertThat(open.path("parameter").path(0).path("valueInteger").asInt(-1))
                .isZero();
    }

    private static String subtype(JsonNode event) {
        return event.path("subtype").path(0).path("code").asText();
    }

    private static String run(JsonNode event) {
        return event.path("entity")
                .path(0)
                .path("what")
                .path("identifier")
                .path("value")
                .asText();
    }

    private static List<String> details(JsonNode event, String type) {
        return StreamSupport.stream(event.path("entity").path(1).path("detail").spliterator(), false)
                .filter(detail -> type.equals(detail.path("type").asText()))
                .map(detail -> detail.path("valueString").asText())
                .toList();
    }

    @Test
    void aSecondRunReadsNobodyAndOneOfEverybodyWritesNothingNew(RunningSystem system) {
        // Other tests store readings of the same patients; this run takes them in.
        system.runRiskJob();

        JsonNode incremental = system.runRiskJob();
        assertThat(incremental.path("full").asBoolean(true)).isFalse();
        assertThat(incremental.path("patients").asInt(-1)).isZero();

        JsonNode report = system.runRiskJob("--full", "--threads=3");
        assertThat(report.path("full").asBoolean()).isTrue();
        assertThat(report.path("flagsRaised").asInt()).isZero();
        assertThat(report.path("flagsChanged").asInt()).isZero();
        assertThat(report.path("failed").asInt()).isZero();
        assertThat(report.path("flagsUnchanged").asInt()).isPositive();
    }

    private static JsonNode flag(RunningSystem system, int persona, String code) {
        return flag(system, "clinician-1", persona, code);
    }

    private static JsonNode flag(RunningSystem system, String clinician, int persona, String code) {
        List<JsonNode> flags =
                Searches.firstPage(
                                system.as(clinician),
                                Searches.flags(system.persona(persona).id()))
                        .stream()
                        .filter(f -> f.path("code")
                                .path("coding")
                                .path(0)
                                .path("code")
                                .asText()
                                .equals(code))
                        .toList();
        assertThat(flags).as("flags %s of persona %d", code, persona).hasSize(1);
        return flags.get(0);
    }
}
