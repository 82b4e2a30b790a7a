package eu.sinusnode.sampledata.rhythm;

/**
 * How exactly a device times a beat (assumptions: an ECG to about a millisecond, a pulse wave to some milliseconds, and it
 * misses a pulse now and then, which joins two intervals).
 */
public enum RecordingDevice {
    ECG(0.8, 0),
    PULSE_WAVE(5, 0.001);

    private final double jitterMillis;
    private final double missedShare;

    RecordingDevice(double jitterMillis, double missedShare) {
        this.jitterMillis = jitterMillis;
        this.missedShare = missedShare;
    }

    double jitterMillis() {
        return jitterMillis;
    }

    double missedShare() {
        return missedShare;
    }
}
