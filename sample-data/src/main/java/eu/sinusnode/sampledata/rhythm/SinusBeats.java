package eu.sinusnode.sampledata.rhythm;

import eu.sinusnode.sampledata.chance.Draws;

/**
 * The sinus node's intervals: breathing moves them (respiratory sinus arrhythmia), so does the slow 0.1 Hz wave of blood
 * pressure control, on top of fluctuations at all time scales (a sum of autoregressive processes whose time constants grow
 * by a factor of four, which has a 1/f-like spectrum). Amplitudes fall with age (Shaffer and Ginsberg 2017 review norms);
 * the exact sizes are assumptions.
 */
final class SinusBeats {

    private static final double[] TIME_CONSTANTS_S = {1.5, 6, 24, 96, 384};

    private final Draws draws;
    private final double mean;
    private final double breathingAmplitude;
    private final double breathingHertz;
    private final double slowAmplitude;
    private final double fluctuationSd;
    private final double[] fluctuations = new double[TIME_CONSTANTS_S.length];
    private final double slowPhase;
    private double seconds;

    SinusBeats(Draws draws, double meanMillis, int age) {
        this.draws = draws;
        this.mean = meanMillis;
        double vagal = StrictMath.exp(-(age - 40) / 38.0) * StrictMath.exp(draws.normal(0, 0.3));
        this.breathingAmplitude = 26 * vagal;
        this.breathingHertz = draws.between(0.19, 0.30);
        this.slowAmplitude = draws.between(12, 26) * Math.sqrt(vagal);
        this.fluctuationSd = draws.between(13, 20) * Math.sqrt(vagal);
        this.slowPhase = draws.between(0, 2 * Math.PI);
        for (int i = 0; i < fluctuations.length; i++) {
            fluctuations[i] = draws.normal(0, fluctuationSd);
        }
    }

    /** The next interval in ms. */
    double next() {
        double interval = mean
                + breathingAmplitude * StrictMath.sin(2 * Math.PI * breathingHertz * seconds)
                + slowAmplitude * StrictMath.sin(2 * Math.PI * 0.1 * seconds + slowPhase);
        double step = mean / 1000;
        for (int i = 0; i < fluctuations.length; i++) {
            double memory = StrictMath.exp(-step / TIME_CONSTANTS_S[i]);
            fluctuations[i] =
                    memory * fluctuations[i] + Math.sqrt(1 - memory * memory) * draws.normal(0, fluctuationSd);
            interval += fluctuations[i];
        }
        interval = Math.max(400, interval);
        seconds += interval / 1000;
        return interval;
    }
}
