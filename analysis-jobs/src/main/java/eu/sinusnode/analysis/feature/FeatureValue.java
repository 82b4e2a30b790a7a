package eu.sinusnode.analysis.feature;

/** A feature's value, or why there is none. Missing is never zero. */
public sealed interface FeatureValue {

    record Computed(double value) implements FeatureValue {}

    /** @param reason what is there and what is needed, without a full stop */
    record NotComputable(String reason) implements FeatureValue {}
}
