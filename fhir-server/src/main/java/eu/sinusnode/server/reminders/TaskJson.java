package eu.sinusnode.server.reminders;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;

/** The text of a new reminder as the storage keeps it (json.html): what HAPI's encoder writes without the id, to the character. */
final class TaskJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private TaskJson(JsonGenerator json) {
        this.json = json;
    }

    /** @param task as {@link ReminderTasks#task} makes it; other elements are not written */
    static String of(Task task) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new TaskJson(json).write(task);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail.", e);
        }
        return text.toString();
    }

    /** The elements in R4's order. */
    private void write(Task task) throws IOException {
        json.writeStartObject();
        json.writeStringField("resourceType", "Task");
        json.writeArrayFieldStart("basedOn");
        for (Reference plan : task.getBasedOn()) {
            reference(plan);
        }
        json.writeEndArray();
        json.writeStringField("status", task.getStatus().toCode());
        if (task.hasStatusReason()) {
            concept("statusReason", task.getStatusReason());
        }
        json.writeStringField("intent", task.getIntent().toCode());
        concept("code", task.getCode());
        json.writeStringField("description", task.getDescription());
        reference("focus", task.getFocus());
        reference("for", task.getFor());
        primitive("authoredOn", task.getAuthoredOnElement());
        primitive("lastModified", task.getLastModifiedElement());
        reference("owner", task.getOwner());
        period(task.getRestriction().getPeriod());
        inputs(task.getInput());
        json.writeEndObject();
    }

    private void period(Period period) throws IOException {
        json.writeObjectFieldStart("restriction");
        json.writeObjectFieldStart("period");
        primitive("start", period.getStartElement());
        primitive("end", period.getEndElement());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void inputs(List<ParameterComponent> inputs) throws IOException {
        json.writeArrayFieldStart("input");
        for (ParameterComponent input : inputs) {
            json.writeStartObject();
            concept("type", input.getType());
            primitive("valueDateTime", (PrimitiveType<?>) input.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void concept(String element, CodeableConcept concept) throws IOException {
        json.writeObjectFieldStart(element);
        json.writeArrayFieldStart("coding");
        for (Coding coding : concept.getCoding()) {
            json.writeStartObject();
            json.writeStringField("system", coding.getSystem());
            json.writeStringField("code", coding.getCode());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void reference(String element, Reference reference) throws IOException {
        json.writeFieldName(element);
        reference(reference);
    }

    private void reference(Reference reference) throws IOException {
        json.writeStartObject();
        json.writeStringField("reference", reference.getReference());
        json.writeEndObject();
    }

    private void primitive(String element, PrimitiveType<?> value) throws IOException {
        json.writeStringField(element, value.getValueAsString());
    }
}
