package eu.sinusnode.analysis.score;

/**
 * MAGGIC (Pocock 2013, doi 10.1093/eurheartj/ehs337): points, and from them the risk of dying in one and in three
 * years, of people with heart failure. The table of risks ends at 50 points; what is above has the risk of 50.
 *
 * @param age in years
 * @param ejectionFraction of the left ventricle, in %
 * @param systolic in mm[Hg]
 * @param bodyMassIndex in kg/m2
 * @param creatinine in umol/L
 * @param nyha 1 to 4
 * @param longStanding heart failure found 18 months ago or longer
 * @param renalBlockade ACE inhibitor or angiotensin receptor blocker
 */
public record Maggic(
        int age,
        boolean male,
        double ejectionFraction,
        double systolic,
        double bodyMassIndex,
        double creatinine,
        int nyha,
        boolean smoker,
        boolean diabetes,
        boolean lungDisease,
        boolean longStanding,
        boolean betaBlocker,
        boolean renalBlockade) {

    /** By points from 0 to 50. */
    private static final double[] ONE_YEAR = {
        .015, .016, .018, .020, .022, .024, .027, .029, .032, .036, .039, .043, .048, .052, .058, .063, .070, .077,
                .084,
        .093, .102, .111, .122, .134, .147, .160, .175, .191, .209, .227, .248, .269, .292, .316, .342, .369, .398,
                .427,
        .458, .490, .523, .557, .591, .625, .659, .692, .725, .757, .787, .816, .842
    };

    private static final double[] THREE_YEARS = {
        .039, .043, .048, .052, .058, .063, .070, .077, .084, .092, .102, .111, .122, .134, .146, .160, .175, .191,
                .209,
        .227, .247, .269, .292, .316, .342, .369, .397, .427, .458, .490, .523, .556, .590, .625, .658, .692, .725,
                .756,
        .787, .815, .842, .866, .889, .908, .926, .941, .953, .964, .973, .980, .985
    };

    private static final int[][] AGE = {{0, 1, 2, 4, 6, 8, 10}, {0, 2, 4, 6, 8, 10, 13}, {0, 3, 5, 7, 9, 12, 15}};
    private static final int[][] SYSTOLIC = {{5, 4, 3, 2, 1, 0}, {3, 2, 1, 1, 0, 0}, {2, 1, 1, 0, 0, 0}};
    private static final int[] NYHA = {0, 2, 6, 8};

    public Maggic {
        if (nyha < 1 || nyha > 4) {
            throw new IllegalArgumentException("NYHA has the classes 1 to 4");
        }
    }

    public int points() {
        return ejectionFractionPoints()
                + agePoints()
                + systolicPoints()
                + bodyMassIndexPoints()
                + creatininePoints()
                + NYHA[nyha - 1]
                + (male ? 1 : 0)
                + (smoker ? 1 : 0)
                + (diabetes ? 3 : 0)
                + (lungDisease ? 2 : 0)
                + (longStanding ? 2 : 0)
                + (betaBlocker ? 0 : 3)
                + (renalBlockade ? 0 : 1);
    }

    /** Risk of dying within a year, 0 to 1. */
    public double oneYear() {
        return ONE_YEAR[Math.min(points(), ONE_YEAR.length - 1)];
    }

    /** Risk of dying within three years, 0 to 1. */
    public double threeYears() {
        return THREE_YEARS[Math.min(points(), THREE_YEARS.length - 1)];
    }

    private int ejectionFractionPoints() {
        return byBand(ejectionFraction, new double[] {20, 25, 30, 35, 40}, new int[] {7, 6, 5, 3, 2, 0});
    }

    private int agePoints() {
        return byBand(age, new double[] {55, 60, 65, 70, 75, 80}, AGE[group()]);
    }

    private int systolicPoints() {
        return byBand(systolic, new double[] {110, 120, 130, 140, 150}, SYSTOLIC[group()]);
    }

    private int bodyMassIndexPoints() {
        return byBand(bodyMassIndex, new double[] {15, 20, 25, 30}, new int[] {6, 5, 3, 2, 0});
    }

    private int creatininePoints() {
        return byBand(creatinine, new double[] {90, 110, 130, 150, 170, 210, 250}, new int[] {0, 1, 2, 3, 4, 5, 6, 8});
    }

    /** Age and pressure weigh differently with an ejection fraction below 30, of 30 to 39, and from 40 %. */
    private int group() {
        return ejectionFraction < 30 ? 0 : ejectionFraction < 40 ? 1 : 2;
    }

    /** @param from where each further band begins, rising; one less than {@code points} */
    private static int byBand(double value, double[] from, int[] points) {
        int band = 0;
        while (band < from.length && value >= from[band]) {
            band++;
        }
        return points[band];
    }
}
