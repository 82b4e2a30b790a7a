package eu.sinusnode.server.attack.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import java.net.http.HttpRequest.BodyPublishers;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is stored is what was sent: what the parser would leave out is refused by name, wherever it stands. */
class NothingLeftOutIT extends RunningServer {

    private static final String NAME = "left-out";
    private static final String PATIENT = Records.id(NAME);
    private static final String GOAL = Records.id(NAME + "-goal");
    private static final String VALUE = "\"value\":63";

    @BeforeEach
    void patient() {
        load(Records.household(NAME));
        Goal goal = new Goal();
        goal.setId(GOAL);
        goal.setLifecycleStatus(GoalLifecycleStatus.ACTIVE).setSubject(new Reference("Patient/" + PATIENT));
        goal.getDescription().setText("Walk every day");
        load(Records.transaction(WalkWorld.consent(Records.id(NAME + "-consent"), PATIENT), goal));
    }

    @Test
    void aWholeOneIsStored() {
        assertThat(sent("/Observation", "application/fhir+json", vital()).status())
                .isEqualTo(201);
        assertThat(sent("/Observation", "application/fhir+xml", xmlVital()).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "status":"final"       | "status":"final","foo":1               | Observation.foo
            "valueQuantity":       | "valueQuantitty":                      | Observation.valueQuantitty
            "value":63             | "value":"63"                           | Observation.valueQuantity.value
            "value":63             | "value":63,"comparatr":"<"             | Observation.valueQuantity.comparatr
            "status":"final"       | "status":["final"]                     | Observation.status
            "status":"final"       | "status":"final","_status":{"x":1}     | Observation._status.x
            "category":[           | "bodySite":{},"category":[             | Observation.bodySite
            "category":[           | "note":null,"category":[               | Observation.note
            """)
    void unknownAndMistypedElementsOfJsonAreNamed(String whole, String damaged, String path) {
        String body = vital().replace(whole, damaged);
        assertThat(body).isNotEqualTo(vital());
        assertRefused(sent("/Observation", "application/fhir+json", body), path);
        assertRefused(sent("/Observation/$validate", "application/fhir+json", body), path);
        assertRefused(
                sent("", "application/fhir+json", bundle(BundleType.TRANSACTION).replace(whole, damaged)),
                path.replace("Observation", "Bundle.entry[0].resource"));
        assertRefused(
                sent("", "application/fhir+json", bundle(BundleType.BATCH).replace(whole, damaged)),
                path.replace("Observation", "Bundle.entry[0].resource"));
        assertRefused(
                sent(
                        "/Observation/$validate",
                        "application/fhir+json",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":" + body
                                + "}]}"),
                path.replace("Observation", "Parameters.parameter[0].resource"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <status value="final"/> | <status value="final"/><foo value="1"/> | Observation.foo
            <status value="final"/> | <status value="final" meaning="none"/>  | Observation.status.meaning
            <status value="final"/> | <status value="final">yes</status>      | Observation.status
            <valueQuantity>         | <valueQuantity unit="x">                | Observation.valueQuantity.unit
            """)
    void unknownElementsAttributesAndTextOfXmlAreNamed(String whole, String damaged, String path) {
        String body = xmlVital().replace(whole, damaged);
        assertThat(body).isNotEqualTo(xmlVital());
        assertRefused(sent("/Observation", "application/fhir+xml", body), path);
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        long before = stored();
        Answer answer = sent("/Observation", "application/fhir+json", vital().replace(VALUE, VALUE + ",\"value\":180"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-003");
        assertThat(answer.body()).contains("twice", "/valueQuantity/value");
        assertThat(stored()).isEqualTo(before);
    }

    /** Else it would be cut off. */
    @Test
    void aVersionInAReferenceIsKeptOrRefused() {
        String device = "Device/" + Records.id(NAME + "-cuff");
        Answer answer = sent("/Observation", "application/fhir+json", vital().replace(device, device + "/_history/1"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.codes()).containsExactly("SN-REFERENCE-001");
        assertThat(answer.body()).contains("Observation.device names a version");
    }

    @Test
    void aPatchPutsNothingUnknownIntoARecord() {
        assertPatchRefused("application/json-patch+json", 422, "Goal.foo", """
                [{"op":"add","path":"/foo","value":1}]""");
        assertPatchRefused("application/json-patch+json", 422, "Goal.description.txt", """
                [{"op":"add","path":"/description/txt","value":"x"}]""");
        assertPatchRefused("application/json-patch+json", 422, "Goal.lifecycleStatus", """
                [{"op":"replace","path":"/lifecycleStatus","value":null}]""");
        assertPatchRefused("application/fhir+json", 400, "Parameters.parameter[0].part[0].valueCod", """
                {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
                {"name":"type","valueCod":"delete"},{"name":"path","valueString":"Goal.description"}]}]}""");
    }

    private void assertPatchRefused(String contentType, int status, String path, String patch) {
        String token = TOKENS.clinician(Records.CLINIC);
        Answer answer = send(request("/Goal/" + GOAL, token)
                .header("Content-Type", contentType)
                .method("PATCH", BodyPublishers.ofString(patch)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.outcome().getIssue()).anyMatch(issue -> issue.getExpression().stream()
                .anyMatch(expression -> path.equals(expression.getValue())));
        assertThat(get("/Goal/" + GOAL, token).resource().getMeta().getVersionId())
                .isEqualTo("1");
    }

    private void assertRefused(Answer answer, String path) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        OperationOutcomeIssueComponent issue = answer.outcome().getIssueFirstRep();
        assertThat(answer.codes()).containsExactly("SN-FORM-001");
        assertThat(issue.getExpression()).extracting(StringType::getValue).containsExactly(path);
        assertThat(issue.getDiagnostics()).contains(path, "Correct or leave out");
    }

    private Answer sent(String path, String contentType, String body) {
        return send(request(path, TOKENS.patient(PATIENT))
                .header("Content-Type", contentType)
                .header("Accept", "application/fhir+json")
                .POST(BodyPublishers.ofString(body)));
    }

    private long stored() {
        Long count = database.queryForObject("SELECT count(*) FROM hfj_resource", Long.class);
        return count == null ? 0 : count;
    }

    private static String vital() {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(Records.heartRate(PATIENT, Records.id(NAME + "-cuff"), NAME));
    }

    private static String xmlVital() {
        return FhirContext.forR4Cached()
                .newXmlParser()
                .encodeResourceToString(Records.heartRate(PATIENT, Records.id(NAME + "-cuff"), NAME + "-xml"));
    }

    private static String bundle(BundleType type) {
        Bundle bundle = Records.transaction(Records.heartRate(PATIENT, Records.id(NAME + "-cuff"), NAME));
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle.setType(type));
    }
}
