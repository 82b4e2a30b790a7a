package eu.sinusnode.sampledata.clinical;

/** How faithfully a patient measures at home. */
public enum Adherence {
    GOOD(0.93, 0),
    FAIR(0.72, 0),
    POOR(0.22, 0),
    /** Measured well, then put the cuff away for good some weeks before the end. */
    STOPPED(0.88, 17);

    private final double sessionProbability;
    private final int silentDays;

    Adherence(double sessionProbability, int silentDays) {
        this.sessionProbability = sessionProbability;
        this.silentDays = silentDays;
    }

    /** Probability that a planned measurement happens. */
    public double sessionProbability() {
        return sessionProbability;
    }

    /** Days without any blood pressure at the end. */
    public int silentDays() {
        return silentDays;
    }
}
