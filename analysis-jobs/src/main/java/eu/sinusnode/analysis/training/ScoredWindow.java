package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.training.evaluation.Prediction;

/** A window with the probability that a model gave it. */
public record ScoredWindow(LabelledWindow window, double probability) implements Prediction {

    @Override
    public String cluster() {
        return window.record();
    }

    @Override
    public boolean positive() {
        return window.positive();
    }
}
