package eu.sinusnode.sampledata.chance;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A stream of random draws that is the same on every machine and JDK. The generator is SplitMix64 (Steele, Lea, Flood
 * 2014); what needs a logarithm uses {@link StrictMath}, since {@link Math} may differ by one unit in the last place
 * between processors and "same seed, same bytes" would break.
 *
 * <p>Each (seed, subject, topic) has a stream of its own, so that drawing more for one topic never moves another, and
 * patient 7 is the same in a cohort of ten and of 120,000. Not thread-safe: one stream belongs to one computation.
 */
public final class Draws {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spareGaussian;
    private boolean hasSpareGaussian;

    private Draws(long state) {
        this.state = state;
    }

    /** The stream of one topic of one subject, e.g. {@code of(1, 7, "weight")}. */
    public static Draws of(long seed, long subject, String topic) {
        long hash = 0xCBF29CE484222325L;
        for (byte character : topic.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ character) * 0x100000001B3L;
        }
        return new Draws(mix(mix(mix(seed) + GOLDEN_GAMMA * (subject + 1)) ^ hash));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform whole number in [0, bound). */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** Uniform whole number in [low, high]. */
    public int whole(int low, int high) {
        return low + below(high - low + 1);
    }

    public boolean chance(double probability) {
        return uniform() < probability;
    }

    public <T> T pick(List<T> options) {
        return options.get(below(options.size()));
    }

    /** The index drawn with odds in proportion to {@code weights}. */
    public int weighted(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = uniform() * total;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** Standard normal, by Marsaglia's polar method. */
    public double gaussian() {
        if (hasSpareGaussian) {
            hasSpareGaussian = false;
            return spareGaussian;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * uniform() - 1;
            y = 2 * uniform() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
        spareGaussian = y * scale;
        hasSpareGaussian = true;
        return x * scale;
    }

    public double normal(double mean, double sd) {
        return mean + sd * gaussian();
    }

    public double exponential(double mean) {
        return -mean * StrictMath.log(1 - uniform());
    }

    /** Gamma by Marsaglia and Tsang (2000); {@code shape} must be at least 1. */
    public double gamma(double shape, double scale) {
        if (shape < 1) {
            throw new IllegalArgumentException("gamma needs a shape of 1 or more, not " + shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - uniform();
                if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v * scale;
                }
            }
        }
    }
}
