package eu.sinusnode.analysis.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the features of a trained model were distributed like in its training data: a file that ships beside the model. */
public final class TrainingReference {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "/eu/sinusnode/analysis/models/";

    private TrainingReference() {}

    /** By feature; empty for a rule, and for a model that has no such file. @param modelId e.g. {@code af-rr-logistic} */
    public static Map<String, Bins> of(String modelId) {
        try (InputStream in = TrainingReference.class.getResourceAsStream(FOLDER + modelId + ".reference.json")) {
            return in == null ? Map.of() : JSON.readValue(in, new TypeReference<Map<String, Bins>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("The training reference of " + modelId + " cannot be read", e);
        }
    }

    /** As it ships. */
    public static byte[] write(Map<String, Bins> byFeature) {
        try {
            return (JSON.writeValueAsString(byFeature) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The training reference could not be written as JSON", e);
        }
    }
}
