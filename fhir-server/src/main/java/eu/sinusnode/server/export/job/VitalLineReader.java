package eu.sinusnode.server.export.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import eu.sinusnode.policy.narrowing.SignedStates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pass over the tokens of a stored Observation, which tells whether it is a {@link VitalLine}. */
final class VitalLineReader {

    /** What {@link eu.sinusnode.profiles.PlainVital} lets a plain vital sign say. */
    private static final Set<String> ELEMENTS = Set.of(
            "resourceType",
            "meta",
            "extension",
            "identifier",
            "status",
            "category",
            "code",
            "subject",
            "encounter",
            "effectiveDateTime",
            "effectivePeriod",
            "issued",
            "performer",
            "valueQuantity",
            "note",
            "method",
            "device",
            "component");

    private static final Set<String> SIGNED =
            Set.copyOf(SignedStates.of(VitalLine.TYPE).orElseThrow());
    /** What is out of the ordinary wherever it stands. */
    private static final Set<String> UNUSUAL = Set.of("contained", "resourceType");

    private final JsonParser json;
    private final List<String> references = new ArrayList<>();

    private VitalLineReader(JsonParser json) {
        this.json = json;
    }

    /**
     * The references in it; empty when it is no plain signed vital sign of the patient.
     *
     * @param json before its first token
     * @param patient {@code Patient/id}
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is no JSON
     */
    static Optional<List<String>> references(JsonParser json, String patient) throws IOException {
        VitalLineReader reader = new VitalLineReader(json);
        return reader.isPlain(patient) ? Optional.of(reader.references) : Optional.empty();
    }

    private boolean isPlain(String patient) throws IOException {
        boolean signed = false;
        boolean ofPatient = false;
        boolean plain = json.nextToken() == JsonToken.START_OBJECT;
        while (plain && json.nextToken() == JsonToken.FIELD_NAME) {
            String element = json.currentName();
            JsonToken value = json.nextToken();
            switch (element) {
                case "status" -> {
                    plain = !signed && value == JsonToken.VALUE_STRING && SIGNED.contains(json.getText());
                    signed = true;
                }
                case "subject" -> {
                    plain = !ofPatient && value == JsonToken.START_OBJECT && isOf(patient);
                    ofPatient = true;
                }
                case "meta" -> plain = value == JsonToken.START_OBJECT && tellsProfilesAlone();
                default -> plain = ELEMENTS.contains(element) && isPlainValue(value);
            }
        }
        return plain && signed && ofPatient && json.nextToken() == null;
    }

    /** By its id alone; what it is called beside that says nothing. */
    private boolean isOf(String patient) throws IOException {
        boolean named = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String element = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                return false;
            }
            if (element.equals("reference")) {
                if (named || !json.getText().equals(patient)) {
                    return false;
                }
                named = true;
            } else if (!element.equals("display")) {
                return false;
            }
        }
        references.add(patient);
        return named;
    }

    private boolean tellsProfilesAlone() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (!json.currentName().equals("profile") || !isPlainValue(json.nextToken())) {
                return false;
            }
        }
        return true;
    }

    private boolean isPlainValue(JsonToken value) throws IOException {
        if (!value.isStructStart()) {
            return true;
        }
        int open = 1;
        while (open > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                return false;
            }
            if (token.isStructStart()) {
                open++;
            } else if (token.isStructEnd()) {
                open--;
            } else if (token == JsonToken.FIELD_NAME) {
                String element = json.currentName();
                if (element.startsWith("_") || UNUSUAL.contains(element)) {
                    return false;
                }
                if (element.equals("reference") && json.nextToken() == JsonToken.VALUE_STRING) {
                    references.add(json.getText());
                }
            }
        }
        return true;
    }
}
