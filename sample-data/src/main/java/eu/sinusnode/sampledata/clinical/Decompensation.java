package eu.sinusnode.sampledata.clinical;

/** Whether and when a heart failure patient fills with water. */
public enum Decompensation {
    NONE,
    /** Inside the weeks of data: weight gain, days in hospital without readings, weight back to before. */
    PAST,
    /** On its way at the end of the data: the gain is there, the admission is not. */
    IMMINENT
}
