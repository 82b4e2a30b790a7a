package eu.sinusnode.analysis.training.evaluation;

/** A probability that a model gave, beside what was true. */
public interface Prediction {

    /** The patient or record that it is of; rows of one are alike and are drawn together. */
    String cluster();

    boolean positive();

    /** 0 to 1. */
    double probability();
}
