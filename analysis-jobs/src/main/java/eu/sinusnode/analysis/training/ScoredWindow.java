package eu.sinusnode.analysis.training;

/** A window with the probability that a model gave it. */
public record ScoredWindow(LabelledWindow window, double probability) {}
