package eu.sinusnode.server.interactions;

import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/**
 * The JSON that a record was stored as, made into the JSON of an answer (json.html): HAPI's encoder wrote it without the id
 * and without what of meta stands in columns, and would write the rest of it again as it is.
 */
public final class StoredText {

    private static final String META = ",\"meta\":{";

    /** What the encoder would write otherwise: its own elements of meta come first, unless something stands before them. */
    private static final Pattern REST_OF_META = Pattern.compile("}|\"(?:profile|security|tag)\":");

    /** Of these no character is escaped in JSON. */
    private static final Pattern PLAIN = Pattern.compile("[\\w\\-.:/#+]*");

    private StoredText() {}

    /**
     * @param text as it is stored
     * @param record what was decoded from it, with its id and all of its meta
     * @param serverBase which the encoder takes off references
     * @return empty when only the encoder knows how it is written
     */
    static Optional<String> answer(String text, Resource record, String serverBase) {
        return text.contains(serverBase)
                ? Optional.empty()
                : answer(text, record.fhirType(), record.getIdElement().getIdPart(), record.getMeta());
    }

    /**
     * The same for an encoder that knows no server.
     *
     * @param meta what stands in columns: version, time of change, and source where there is one
     */
    public static Optional<String> answer(String text, String resourceType, String id, Meta meta) {
        String type = "{\"resourceType\":\"" + resourceType + "\"";
        if (!text.startsWith(type)
                || meta.getVersionId() == null
                || meta.getLastUpdated() == null
                || (meta.hasSource() && !PLAIN.matcher(meta.getSource()).matches())
                || text.contains("/_history/")) {
            return Optional.empty();
        }
        int rest = type.length() + META.length();
        if (!text.startsWith(META, type.length())
                || !REST_OF_META.matcher(text).region(rest, text.length()).lookingAt()) {
            return Optional.empty();
        }
        StringBuilder answer = new StringBuilder(text.length() + 200);
        answer.append(type)
                .append(",\"id\":\"")
                .append(id)
                .append('"')
                .append(META)
                .append("\"versionId\":\"")
                .append(meta.getVersionId())
                .append("\",\"lastUpdated\":\"")
                .append(meta.getLastUpdatedElement().getValueAsString())
                .append('"');
        if (meta.hasSource()) {
            answer.append(",\"source\":\"").append(meta.getSource()).append('"');
        }
        if (text.charAt(rest) != '}') {
            answer.append(',');
        }
        return Optional.of(answer.append(text, rest, text.length()).toString());
    }
}
