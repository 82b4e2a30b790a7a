package eu.sinusnode.launcher.therapy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.therapy.FhirJson.Parameter;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A patient who is uncertain asks the clinic; the question is in the clinician's inbox, as urgent as the table of triage has it. */
final class PatientQuestion {

    private static final String TEXT =
            "Since I take the new tablets I feel dizzy when I get up. Shall I go on with them?";
    private static final String DIZZINESS = "404640003";

    private final FhirEndpoint patient;
    private final FhirEndpoint clinician;

    PatientQuestion(FhirEndpoint patient, FhirEndpoint clinician) {
        this.patient = patient;
        this.clinician = clinician;
    }

    /**
     * @param clinic {@code Organization/[id]}
     * @return the Task, as the clinician's inbox has it
     */
    JsonNode ask(String clinic) {
        JsonNode answer = Sent.demand(
                        patient.post("Communication/$ask", FhirJson.bytes(parameters(clinic))),
                        "The patient's question")
                .body();
        String task = reference(answer, "task");
        String inbox = "Task?status=requested&code="
                + URLEncoder.encode(Canonicals.TASK_CODES + "|" + Codes.PATIENT_QUESTION, StandardCharsets.UTF_8);
        return clinician.searchAll(inbox).stream()
                .filter(found -> task.equals("Task/" + found.path("id").asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A question that was stored is in the clinic's inbox."));
    }

    private static ObjectNode parameters(String clinic) {
        ObjectNode complaint = JsonNodeFactory.instance.objectNode();
        complaint.put("system", Codes.SNOMED).put("code", DIZZINESS);
        return FhirJson.parameters(
                Parameter.text("question", "valueString", TEXT),
                new Parameter("complaint", "valueCoding", complaint),
                Parameter.reference("clinic", clinic),
                Parameter.text("request", "valueId", UUID.randomUUID().toString()));
    }

    private static String reference(JsonNode parameters, String name) {
        for (JsonNode parameter : (ArrayNode) parameters.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("valueReference").path("reference").asText();
            }
        }
        throw new IllegalStateException("The answer to a question names its " + name + ".");
    }
}
