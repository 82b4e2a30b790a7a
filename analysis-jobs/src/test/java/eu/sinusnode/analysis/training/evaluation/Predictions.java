package eu.sinusnode.analysis.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows with a probability, as no model gave them. */
final class Predictions {

    record One(String cluster, boolean positive, double probability) implements Prediction {}

    private Predictions() {}

    /** Few distinct probabilities, so that there are ties; clusters a and b. */
    static List<One> random(int count) {
        Random random = new Random(9);
        List<One> scored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean positive = random.nextBoolean();
            double probability = Math.min(0.9, (random.nextInt(8) + (positive ? 2 : 0)) / 10.0);
            scored.add(new One(i % 2 == 0 ? "a" : "b", positive, probability));
        }
        return scored;
    }

    /** Outcomes drawn with log-odds of {@code intercept + slope * predicted log-odds}. */
    static List<One> drawn(int count, double intercept, double slope) {
        Random random = new Random(4);
        List<One> scored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double logOdds = 2 * random.nextGaussian();
            boolean positive = random.nextDouble() < LogitLine.probability(intercept + slope * logOdds);
            scored.add(new One("patient-" + i, positive, LogitLine.probability(logOdds)));
        }
        return scored;
    }
}
