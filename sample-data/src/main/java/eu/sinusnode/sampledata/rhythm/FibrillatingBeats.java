package eu.sinusnode.sampledata.rhythm;

import eu.sinusnode.sampledata.chance.Draws;

/**
 * Intervals in atrial fibrillation: the atrioventricular node is refractory for a while, then lets through after a random
 * number of atrial impulses has summed up, so an interval is a minimum plus a gamma (Erlang-like) waiting time, almost
 * independent of the one before.
 *
 * <p>The form follows models of the node (Erlang-distributed output, 1984; Corino 2011: refractory period and Poisson
 * arrivals). Numbers were set so that windows of 300 beats agree with the fibrillating ones of the MIT-BIH Atrial
 * Fibrillation Database, whose medians are: coefficient of variation 0.22, normalised RMSSD 0.30, lag-1 correlation 0.07,
 * skewness 0.77, shortest interval 0.59 of the mean.
 */
final class FibrillatingBeats {

    private static final double REFRACTORY_SHARE = 0.53;
    private static final double GAMMA_SHAPE = 4.6;
    private static final double TONE_SD = 0.055;
    private static final double TONE_MEMORY = 0.97;

    private final Draws draws;
    private final double mean;
    private final double refractoryShare;
    private double tone;

    FibrillatingBeats(Draws draws, double meanMillis) {
        this.draws = draws;
        this.mean = meanMillis;
        this.refractoryShare = REFRACTORY_SHARE + draws.between(-0.05, 0.05);
        this.tone = draws.normal(0, TONE_SD);
    }

    /** The next interval in ms. */
    double next() {
        // Nerve tone drifts over half a minute: the little correlation that real series show.
        tone = TONE_MEMORY * tone + Math.sqrt(1 - TONE_MEMORY * TONE_MEMORY) * draws.normal(0, TONE_SD);
        double current = mean * (1 + tone);
        double waiting = current * (1 - refractoryShare);
        return Math.max(280, current * refractoryShare + draws.gamma(GAMMA_SHAPE, waiting / GAMMA_SHAPE));
    }
}
