package eu.sinusnode.sampledata.rhythm;

import eu.sinusnode.sampledata.chance.Draws;

/**
 * Early beats in sinus rhythm. After a ventricular one the pause is fully compensatory (both intervals together last two
 * normal ones); an atrial one resets the sinus node, so its pause is shorter. Now and then every other beat is early
 * (bigeminy). Shares and coupling are assumptions inside textbook ranges.
 */
final class Ectopy {

    private final Draws draws;
    private final double probability;
    private final double ventricularShare;
    private final double ventricularCoupling;
    private final double bigeminyProbability;
    private double pause;
    private int bigeminyLeft;
    private int beats;

    Ectopy(Draws draws, double probability) {
        this.draws = draws;
        this.probability = probability;
        this.ventricularShare = draws.between(0.3, 1);
        this.ventricularCoupling = draws.between(0.52, 0.68);
        this.bigeminyProbability = draws.chance(0.3) ? 0.08 : 0;
    }

    /** The interval that takes the place of the sinus node's {@code interval}, in ms. */
    double apply(double interval) {
        if (pause > 0) {
            double compensated = pause;
            pause = 0;
            return compensated;
        }
        boolean inBigeminy = bigeminyLeft > 0;
        if (!inBigeminy && !draws.chance(probability)) {
            return interval;
        }
        if (inBigeminy) {
            bigeminyLeft--;
        } else if (draws.chance(bigeminyProbability)) {
            bigeminyLeft = draws.whole(4, 12);
        }
        beats++;
        if (inBigeminy || draws.chance(ventricularShare)) {
            double early = interval * Math.max(0.4, ventricularCoupling + draws.normal(0, 0.015));
            pause = 2 * interval - early;
            return early;
        }
        double early = interval * draws.between(0.62, 0.80);
        pause = interval * draws.between(1.02, 1.15);
        return early;
    }

    int beats() {
        return beats;
    }
}
