package eu.sinusnode.benchmarks.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a benchmark. The last line that a benchmark prints is the {@link #line} of its chief figure; those of its
 * other figures stand before it.
 *
 * @param name the benchmark's, for its further figures with a dot and a word, e.g. {@code lastn.trend}
 * @param ours what was measured of this server
 * @param stock the same of HAPI as it comes, from the same run; null when that was not asked or has no such thing
 * @param ratio ours of the stock server's, or of the other that the unit names; null when there is none
 * @param unit of ours and stock, e.g. {@code Observations/s}
 * @param cpuMsPerItem CPU-ms of server and database for one item; null when not measured
 */
public record Result(
        String name,
        double ours,
        @Nullable Double stock,
        @Nullable Double ratio,
        String unit,
        @Nullable Double cpuMsPerItem) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Kept to a thousandth, below a tenth to a millionth. */
    public Result {
        if (name.isBlank() || unit.isBlank()) {
            throw new IllegalArgumentException("A figure has a name and a unit.");
        }
        ours = rounded(ours);
        stock = stock == null ? null : rounded(stock);
        ratio = ratio == null ? null : rounded(ratio);
        cpuMsPerItem = cpuMsPerItem == null ? null : rounded(cpuMsPerItem);
    }

    /** A figure that stands alone. */
    public static Result alone(String name, double ours, String unit, @Nullable Double cpuMsPerItem) {
        return new Result(name, ours, null, null, unit, cpuMsPerItem);
    }

    /** A figure beside the stock server's from the same run. */
    public static Result besideStock(
            String name, double ours, double stock, String unit, @Nullable Double cpuMsPerItem) {
        return new Result(name, ours, stock, ours / stock, unit, cpuMsPerItem);
    }

    /** A figure beside another's that is not the stock server's and that the unit names. */
    public static Result beside(String name, double ours, double other, String unit, @Nullable Double cpuMsPerItem) {
        return new Result(name, ours, null, ours / other, unit, cpuMsPerItem);
    }

    /** The record as one JSON object on one line; what is missing is null. */
    public String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A figure cannot be written as JSON.", e);
        }
    }

    /** @throws IllegalArgumentException when the line is no such object */
    public static Result of(String line) {
        try {
            return JSON.readValue(line, Result.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No line of a benchmark's result: " + line, e);
        }
    }

    private static double rounded(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A figure that is not a number measures nothing.");
        }
        double least = Math.abs(value) < 0.1 ? 1e6 : 1e3;
        return Math.round(value * least) / least;
    }
}
