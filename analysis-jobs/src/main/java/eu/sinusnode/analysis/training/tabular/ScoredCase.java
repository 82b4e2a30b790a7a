package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.model.AdditiveScore;
import eu.sinusnode.analysis.training.evaluation.Prediction;

/** A row with the probability that a model gave it. */
record ScoredCase(Case row, double probability) implements Prediction {

    /**
     * @param inputs indices of the model's inputs
     * @param values of the row, perhaps fewer than it has
     */
    static ScoredCase of(Case row, AdditiveScore score, int[] inputs, double[] values) {
        double[] chosen = new double[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            chosen[i] = values[inputs[i]];
        }
        return new ScoredCase(row, score.probability(chosen));
    }

    @Override
    public String cluster() {
        return row.patient();
    }

    @Override
    public boolean positive() {
        return row.positive();
    }
}
