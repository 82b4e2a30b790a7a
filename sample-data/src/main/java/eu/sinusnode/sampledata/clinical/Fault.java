package eu.sinusnode.sampledata.clinical;

/** What goes wrong with a patient's devices, if anything. Faulty values stay inside what a device can send. */
public enum Fault {
    NONE,
    /** A slipped cuff: now and then a reading is far off. */
    SLIPPED_CUFF,
    /** Someone else steps on the scale: a jump of more than 5 kg and back. */
    OTHER_PERSON,
    /** A watch that sends the same rate for hours. */
    STUCK_RATE,
    /** A watch that misses every other pulse for hours and sends half the rate. */
    HALVED_RATE
}
