package eu.sinusnode.analysis.training.study;

import eu.sinusnode.analysis.training.evaluation.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One model from its data to its figures. */
public interface ModelStudy {

    /** As on the command line, such as {@code af}. */
    String name();

    /** As in file names and flags, such as {@code af-rr-logistic}. */
    String modelId();

    /** What it says, in a few words. */
    String title();

    /** Columns of a data file. */
    String columns();

    /** Where the data comes from that the shipped model was trained on. */
    String source();

    /** False when it makes its own data when given none. */
    default boolean needsData() {
        return true;
    }

    /**
     * @param files by name: the model file and its manifest, and what else belongs to them
     * @param summary printed as one JSON object
     */
    record Trained(Map<String, byte[]> files, Map<String, Object> summary) {}

    /**
     * @param figures printed as one JSON object
     * @param pictures SVG by name
     */
    record Measured(Object figures, Map<String, String> pictures) {}

    /** @throws IllegalArgumentException saying what is wrong with the data, or that there has to be some */
    Trained train(@Nullable Path data, Progress progress) throws IOException;

    /**
     * Out of fold on the data that the shipped model was trained on; on any other, the shipped model as it is.
     *
     * @throws IllegalArgumentException as for {@link #train}
     */
    Measured evaluate(@Nullable Path data, Progress progress) throws IOException;
}
