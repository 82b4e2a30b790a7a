package eu.sinusnode.analysis.training.simulation;

import java.util.Random;

/** One simulated patient's own random draws: the same for any number of patients. */
final class Chance {

    private final Random random;

    Chance(long seed, int patient) {
        this.random = new Random(seed ^ (patient + 1) * 0x9E3779B97F4A7C15L);
    }

    boolean of(double share) {
        return random.nextDouble() < share;
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    int whole(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }
}
