package eu.sinusnode.server.vitals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The text of a vital sign of the plainest form as the storage keeps it (json.html): what HAPI's encoder writes without the
 * id and without what of meta stands in columns, to the character, in a twentieth of the time.
 */
final class VitalJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private VitalJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(Observation vital) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new VitalJson(json).write(vital);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail.", e);
        }
        return text.toString();
    }

    /** The elements in R4's order. */
    private void write(Observation vital) throws IOException {
        json.writeStartObject();
        json.writeStringField("resourceType", "Observation");
        meta(vital);
        if (vital.hasExtension()) {
            json.writeArrayFieldStart("extension");
            for (Extension extension : vital.getExtension()) {
                json.writeStartObject();
                json.writeStringField("url", extension.getUrl());
                json.writeStringField("valueCode", extension.getValue().primitiveValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (vital.hasIdentifier()) {
            json.writeArrayFieldStart("identifier");
            for (Identifier identifier : vital.getIdentifier()) {
                json.writeStartObject();
                text("system", identifier.getSystem());
                text("value", identifier.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeStringField("status", vital.getStatus().toCode());
        json.writeArrayFieldStart("category");
        for (CodeableConcept category : vital.getCategory()) {
            concept(category);
        }
        json.writeEndArray();
        json.writeFieldName("code");
        concept(vital.getCode());
        reference("subject", vital.getSubject());
        reference("encounter", vital.getEncounter());
        effective(vital.getEffective());
        if (vital.hasIssuedElement()) {
            primitive("issued", vital.getIssuedElement());
        }
        if (vital.hasPerformer()) {
            json.writeArrayFieldStart("performer");
            for (Reference performer : vital.getPerformer()) {
                reference(performer);
            }
            json.writeEndArray();
        }
        if (vital.getValue() instanceof Quantity value) {
            quantity(value);
        }
        notes(vital);
        if (vital.hasMethod()) {
            json.writeFieldName("method");
            concept(vital.getMethod());
        }
        reference("device", vital.getDevice());
        components(vital);
        json.writeEndObject();
    }

    /** HAPI begins it even when nothing of it is left. */
    private void meta(Observation vital) throws IOException {
        json.writeObjectFieldStart("meta");
        if (vital.getMeta().hasProfile()) {
            json.writeArrayFieldStart("profile");
            for (CanonicalType profile : vital.getMeta().getProfile()) {
                json.writeString(profile.getValue());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void effective(Type effective) throws IOException {
        if (effective instanceof Period period) {
            json.writeObjectFieldStart("effectivePeriod");
            primitive("start", period.getStartElement());
            primitive("end", period.getEndElement());
            json.writeEndObject();
        } else if (effective instanceof DateTimeType time) {
            primitive("effectiveDateTime", time);
        }
    }

    private void notes(Observation vital) throws IOException {
        if (vital.hasNote()) {
            json.writeArrayFieldStart("note");
            for (Annotation note : vital.getNote()) {
                json.writeStartObject();
                text("text", note.getText());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void components(Observation vital) throws IOException {
        if (!vital.hasComponent()) {
            return;
        }
        json.writeArrayFieldStart("component");
        for (ObservationComponentComponent component : vital.getComponent()) {
            json.writeStartObject();
            json.writeFieldName("code");
            concept(component.getCode());
            if (component.getValue() instanceof Quantity value) {
                quantity(value);
            }
            if (component.hasDataAbsentReason()) {
                json.writeFieldName("dataAbsentReason");
                concept(component.getDataAbsentReason());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void concept(CodeableConcept concept) throws IOException {
        json.writeStartObject();
        if (concept.hasCoding()) {
            json.writeArrayFieldStart("coding");
            for (Coding coding : concept.getCoding()) {
                json.writeStartObject();
                text("system", coding.getSystem());
                text("code", coding.getCode());
                text("display", coding.getDisplay());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        text("text", concept.getText());
        json.writeEndObject();
    }

    private void quantity(Quantity quantity) throws IOException {
        json.writeObjectFieldStart("valueQuantity");
        json.writeFieldName("value");
        json.writeNumber(quantity.getValueElement().getValueAsString());
        text("unit", quantity.getUnit());
        text("system", quantity.getSystem());
        text("code", quantity.getCode());
        json.writeEndObject();
    }

    private void reference(String element, Reference reference) throws IOException {
        if (reference.hasReference()) {
            json.writeFieldName(element);
            reference(reference);
        }
    }

    private void reference(Reference reference) throws IOException {
        json.writeStartObject();
        text("reference", reference.getReference());
        text("display", reference.getDisplay());
        json.writeEndObject();
    }

    private void primitive(String element, PrimitiveType<?> value) throws IOException {
        json.writeStringField(element, value.getValueAsString());
    }

    private void text(String element, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(element, value);
        }
    }
}
