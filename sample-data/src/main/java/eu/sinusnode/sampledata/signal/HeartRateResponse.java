package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Diagnosis;
import eu.sinusnode.sampledata.clinical.Sport;

/**
 * How a patient's heart answers to training: up towards a share of the heart rate reserve, creeping on while it lasts, and
 * back afterwards, each way as an exponential.
 *
 * <p>The highest rate is 208 - 0.7 × age (Tanaka 2001). What beta-blockers and heart failure leave of the reserve, and the
 * time constants, are assumptions.
 */
final class HeartRateResponse {

    private static final double CREEP = 0.08;

    private final double reserve;
    private final double effort;
    private final double onsetSeconds;
    private final double recoverySeconds;

    HeartRateResponse(Draws draws, ClinicalPicture picture, Sport sport, double resting) {
        double highest = 208 - 0.7 * picture.age();
        double left = (picture.betaBlocker() ? 0.78 : 1)
                * (picture.has(Diagnosis.HEART_FAILURE_NYHA_III) ? 0.75 : picture.hasHeartFailure() ? 0.85 : 1);
        this.reserve = left * Math.max(30, highest - resting);
        this.effort = sport.effort() * draws.between(0.85, 1.15);
        this.onsetSeconds = draws.between(45, 90);
        this.recoverySeconds = draws.between(60, 120) * (picture.hasHeartFailure() ? 1.5 : 1);
    }

    /** Beats per minute above rest, {@code second} seconds after the beginning of a training of {@code length} seconds. */
    double above(double second, double length) {
        if (second > length) {
            return above(length, length) * StrictMath.exp(-(second - length) / recoverySeconds);
        }
        double risen = 1 - StrictMath.exp(-second / onsetSeconds);
        return reserve * effort * risen * (1 + CREEP * second / length);
    }
}
