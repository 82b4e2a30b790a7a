package eu.sinusnode.server.batch;

import ca.uhn.fhir.rest.api.EncodingEnum;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.text.StringEscapeUtils;
import org.jspecify.annotations.Nullable;

/**
 * The Bundle of type {@code batch-response}. What an entry was answered stands in it byte for byte: it has been decided and
 * audited as it is, and is not read again.
 */
final class BatchAnswer {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String OUTCOME = "OperationOutcome";
    private static final String XML_OPENING = "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"batch-response\"/>";

    private final EncodingEnum format;
    private final byte[] bytes;

    private BatchAnswer(EncodingEnum format, String text) {
        this.format = format;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    /** @param format JSON or XML, the one that the answers of the entries have */
    static BatchAnswer of(List<EntryAnswer> answers, EncodingEnum format) throws IOException {
        return new BatchAnswer(format, format == EncodingEnum.XML ? xml(answers) : json(answers));
    }

    byte[] bytes() {
        return bytes;
    }

    String contentType() {
        return format.getResourceContentTypeNonLegacy() + ";charset=UTF-8";
    }

    private static String json(List<EntryAnswer> answers) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("resourceType", "Bundle");
            json.writeStringField("type", "batch-response");
            if (!answers.isEmpty()) {
                json.writeArrayFieldStart("entry");
                for (EntryAnswer answer : answers) {
                    write(json, answer);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, EntryAnswer answer) throws IOException {
        String content = answer.content();
        boolean outcome = content != null && content.startsWith("{\"resourceType\":\"" + OUTCOME + "\"");
        json.writeStartObject();
        if (content != null && !outcome) {
            json.writeFieldName("resource");
            json.writeRawValue(content);
        }
        json.writeObjectFieldStart("response");
        json.writeStringField("status", answer.statusLine());
        if (answer.location() != null) {
            json.writeStringField("location", answer.location());
        }
        if (answer.etag() != null) {
            json.writeStringField("etag", answer.etag());
        }
        if (answer.lastModified() != null) {
            json.writeStringField("lastModified", answer.lastModified().toString());
        }
        if (content != null && outcome) {
            json.writeFieldName("outcome");
            json.writeRawValue(content);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String xml(List<EntryAnswer> answers) {
        StringBuilder xml = new StringBuilder(XML_OPENING);
        for (EntryAnswer answer : answers) {
            String content = answer.content();
            boolean outcome = content != null && content.startsWith("<" + OUTCOME + " ");
            xml.append("<entry>");
            if (content != null && !outcome) {
                xml.append("<resource>").append(content).append("</resource>");
            }
            xml.append("<response>");
            element(xml, "status", answer.statusLine());
            element(xml, "location", answer.location());
            element(xml, "etag", answer.etag());
            element(xml, "lastModified", answer.lastModified());
            if (content != null && outcome) {
                xml.append("<outcome>").append(content).append("</outcome>");
            }
            xml.append("</response></entry>");
        }
        return xml.append("</Bundle>").toString();
    }

    private static void element(StringBuilder xml, String name, @Nullable Object value) {
        if (value != null) {
            xml.append('<')
                    .append(name)
                    .append(" value=\"")
                    .append(StringEscapeUtils.escapeXml11(value.toString()))
                    .append("\"/>");
        }
    }
}
