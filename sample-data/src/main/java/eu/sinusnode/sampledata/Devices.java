package eu.sinusnode.sampledata;

/** Whose readings a cohort holds. The larger choice adds to the smaller one and changes none of its readings. */
public enum Devices {
    /** Blood pressure monitor, scale, watch or ECG patch: what the analysis reads. */
    HEART,
    /** Also oximeter, fitness band and chest strap, with what they tell of nights, steps and training. */
    ALL
}
