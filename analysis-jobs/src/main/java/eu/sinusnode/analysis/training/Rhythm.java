package eu.sinusnode.analysis.training;

/** Annotated rhythms of the training data, by the label that the data uses. */
public enum Rhythm {
    /** All rhythms that the annotators gave no other name: mostly sinus rhythm. */
    N,
    /** Atrial fibrillation. */
    AFIB,
    /** Atrial flutter. */
    AFL,
    /** AV junctional rhythm. */
    J
}
