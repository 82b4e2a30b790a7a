package eu.sinusnode.server.lane;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Readings as lines of JSON. A stream that was cut off, for whatever reason, lacks the line of kind {@code end}.
 */
final class NdjsonReadings implements ReadingSink {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    NdjsonReadings(OutputStream out) throws IOException {
        this.json = JSON.createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        // A generator that is closed would complete the answer, also after a failure; the caller flushes instead.
        this.json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** The stream names its patients one by one. */
    @Override
    public void begin(Map<String, Set<String>> types) {}

    @Override
    public void patient(String patientId, List<String> withheld, List<String> beside) throws IOException {
        start("patient");
        json.writeStringField("patient", patientId);
        names("withheld", withheld);
        names("beside", beside);
        json.writeEndObject();
    }

    @Override
    public void input(String patientId, String resource) throws IOException {
        start("input");
        json.writeStringField("patient", patientId);
        json.writeFieldName("resource");
        json.writeRawValue(resource);
        json.writeEndObject();
    }

    private void names(String field, List<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    @Override
    public void reading(StoredReading reading) throws IOException {
        start("reading");
        json.writeStringField("patient", reading.patientId());
        json.writeStringField("observation", reading.observationId());
        json.writeNumberField("version", reading.version());
        json.writeStringField("code", reading.code().loinc());
        json.writeStringField("effective", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(reading.effective()));
        json.writeNumberField("value", reading.value());
        json.writeStringField("unit", reading.code().unit());
        json.writeStringField("status", reading.status().code());
        optional("device", reading.device().code());
        optional("setting", reading.setting().code());
        json.writeEndObject();
    }

    @Override
    public void end(@Nullable String last, boolean more, long sequence) throws IOException {
        start("end");
        optional("last", Optional.ofNullable(last));
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

    private void optional(String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, value.get());
        } else {
            json.writeNullField(field);
        }
    }
}
