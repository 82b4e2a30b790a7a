package eu.sinusnode.sampledata.clinical;

/** What records the patient's beats. */
public enum RhythmDevice {
    NONE,
    WATCH,
    PATCH
}
