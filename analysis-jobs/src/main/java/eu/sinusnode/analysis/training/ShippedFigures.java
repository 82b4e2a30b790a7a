package eu.sinusnode.analysis.training;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The figures that were measured when the shipped model was made. */
public final class ShippedFigures {

    private static final String RESOURCE = "/eu/sinusnode/analysis/models/af-rr-logistic.figures.json";

    private ShippedFigures() {}

    /** An {@link EvaluationFigures} as JSON. */
    public static byte[] json() throws IOException {
        try (InputStream in = Objects.requireNonNull(ShippedFigures.class.getResourceAsStream(RESOURCE))) {
            return in.readAllBytes();
        }
    }
}
