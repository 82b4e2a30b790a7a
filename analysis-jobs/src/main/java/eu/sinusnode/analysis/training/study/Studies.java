package eu.sinusnode.analysis.training.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.analysis.training.card.ModelCard;
import eu.sinusnode.analysis.training.simulation.DecompensationSimulation;
import eu.sinusnode.analysis.training.simulation.PressureSimulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All studies, and what ships of each: manifest, figures and card. */
public final class Studies {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "/eu/sinusnode/analysis/models/";

    private Studies() {}

    public static List<ModelStudy> all() {
        return List.of(
                new RhythmStudy(),
                new TabularStudy(Coronary.design()),
                new SimulatedStudy(Pressure.design(), PressureSimulation::cases),
                new SimulatedStudy(Decompensation.design(), DecompensationSimulation::cases));
    }

    /** @throws IllegalArgumentException naming those that there are */
    public static ModelStudy named(String name) {
        return all().stream()
                .filter(study -> study.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no model %s; there are %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        all().stream().map(ModelStudy::name).toList()))));
    }

    /** The figures that were measured when the shipped model was made. */
    public static JsonNode figures(ModelStudy study) throws IOException {
        return JSON.readTree(resource(study, ".figures.json"));
    }

    public static JsonNode manifest(ModelStudy study) throws IOException {
        return JSON.readTree(resource(study, ".json"));
    }

    /** The shipped model's card, with the shipped figures in it. */
    public static String card(ModelStudy study) throws IOException {
        ObjectNode root = figures(study).deepCopy();
        root.set("manifest", manifest(study));
        return ModelCard.render(new String(resource(study, ".card.md"), StandardCharsets.UTF_8), root);
    }

    /** @throws IllegalArgumentException saying which data is meant, when there is none */
    static Path dataOf(ModelStudy study, @Nullable Path data) {
        if (data == null) {
            throw new IllegalArgumentException("Model %s needs --data FILE with the columns %s (%s)"
                    .formatted(study.name(), study.columns(), study.source()));
        }
        return data;
    }

    private static byte[] resource(ModelStudy study, String suffix) throws IOException {
        try (InputStream in = Studies.class.getResourceAsStream(FOLDER + study.modelId() + suffix)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "The program holds no " + study.modelId() + suffix + "; build it again");
            }
            return in.readAllBytes();
        }
    }
}
