package eu.sinusnode.analysis.model;

/**
 * Log-odds as a sum over inputs, on a line of calibration. An input that is not a number is missing: it stands at the
 * training rows' mean and adds nothing.
 *
 * @param weights one for each input, like {@code means}; neither is to be changed
 * @param line from the sum to calibrated log-odds
 */
public record AdditiveScore(double intercept, double[] weights, double[] means, AdditiveManifest.Calibration line) {

    /** @param inputs in the order of the weights; not a number where missing */
    public double logOdds(double[] inputs) {
        double sum = intercept;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (Double.isNaN(inputs[i]) ? means[i] : inputs[i]);
        }
        return line.intercept() + line.slope() * sum;
    }

    public double probability(double[] inputs) {
        return 1 / (1 + StrictMath.exp(-logOdds(inputs)));
    }

    /** What each input adds to the log-odds of the average training row; with {@link #baseLogOdds} they add up. */
    public double[] contributions(double[] inputs) {
        double[] contributions = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double distance = Double.isNaN(inputs[i]) ? 0 : inputs[i] - means[i];
            contributions[i] = line.slope() * weights[i] * distance;
        }
        return contributions;
    }

    /** Log-odds of a row whose inputs are the training rows' means. */
    public double baseLogOdds() {
        return logOdds(means);
    }
}
