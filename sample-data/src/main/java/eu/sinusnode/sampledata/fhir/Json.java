package eu.sinusnode.sampledata.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Compact JSON with the few shapes that FHIR resources repeat. A failure of the stream below comes out as
 * {@link UncheckedIOException}.
 */
final class Json implements AutoCloseable {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator generator;

    Json(OutputStream out) {
        try {
            generator = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Json object() {
        try {
            generator.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Json object(String field) {
        return name(field).object();
    }

    Json end() {
        try {
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Json array(String field) {
        name(field);
        try {
            generator.writeStartArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Json endArray() {
        try {
            generator.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Json text(String value) {
        try {
            generator.writeString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Json text(String field, String value) {
        return name(field).text(value);
    }

    Json flag(String field, boolean value) {
        name(field);
        try {
            generator.writeBoolean(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Json number(String field, long value) {
        name(field);
        try {
            generator.writeNumber(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A number with one decimal, given in tenths. */
    Json tenths(String field, long tenths) {
        name(field);
        try {
            generator.writeNumber(tenths / 10 + "." + tenths % 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private Json name(String field) {
        try {
            generator.writeFieldName(field);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    // What FHIR repeats

    /** {@code {"system":…,"code":…}} as an element of an array. */
    Json coding(String system, String code) {
        return object().text("system", system).text("code", code).end();
    }

    /** A CodeableConcept with one coding, as a field. */
    Json concept(String field, String system, String code) {
        return object(field).array("coding").coding(system, code).endArray().end();
    }

    /** A CodeableConcept with one coding and words, as a field. */
    Json concept(String field, String system, String code, String words) {
        return object(field)
                .array("coding")
                .coding(system, code)
                .endArray()
                .text("text", words)
                .end();
    }

    /** A CodeableConcept with one coding as the only element of an array. */
    Json onlyConcept(String field, String system, String code) {
        array(field).object().array("coding").coding(system, code).endArray().end();
        return endArray();
    }

    Json reference(String field, String type, String id) {
        return object(field).text("reference", type + "/" + id).end();
    }

    Json onlyReference(String field, String type, String id) {
        array(field).object().text("reference", type + "/" + id).end();
        return endArray();
    }

    Json identifier(String system, String value) {
        return object().text("system", system).text("value", value).end();
    }

    /** The UCUM unit of a Quantity whose value has just been written. */
    Json unit(String unit, String code) {
        return text("unit", unit).text("system", Codes.UCUM).text("code", code);
    }

    @Override
    public void close() {
        try {
            generator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
