package eu.sinusnode.server.lane;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Series as lines of JSON, the resources as they are stored. A stream that was cut off lacks the line of kind {@code end}. */
final class NdjsonIntervals implements IntervalSink {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final IParser parser;

    NdjsonIntervals(OutputStream out, FhirContext context) throws IOException {
        this.json = JSON.createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        // As for readings: what was cut off must not look whole.
        this.json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.parser = context.newJsonParser().setStripVersionsFromReferences(false);
    }

    /** The stream names its patients one by one. */
    @Override
    public void begin(Collection<String> patients) {}

    @Override
    public void patient(String patientId, List<String> withheld) throws IOException {
        start("patient");
        json.writeStringField("patient", patientId);
        json.writeArrayFieldStart("withheld");
        for (String name : withheld) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void series(
            String patientId, Observation series, @Nullable DocumentReference document, @Nullable Binary content)
            throws IOException {
        start("series");
        json.writeStringField("patient", patientId);
        resource("observation", series);
        resource("document", document);
        resource("content", content);
        json.writeEndObject();
    }

    private void resource(String field, @Nullable Resource resource) throws IOException {
        json.writeFieldName(field);
        if (resource == null) {
            json.writeNull();
        } else {
            json.writeRawValue(parser.encodeResourceToString(resource));
        }
    }

    @Override
    public void end(@Nullable String last, boolean more, long sequence) throws IOException {
        start("end");
        if (last == null) {
            json.writeNullField("last");
        } else {
            json.writeStringField("last", last);
        }
        json.writeBooleanField("more", more);
        json.writeNumberField("sequence", sequence);
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void start(String kind) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", kind);
    }
}
