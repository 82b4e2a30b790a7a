package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;

/**
 * One feverish cold, for one patient in ten in eight weeks: up in a day, down over the rest (assumption).
 *
 * @param day of the timeline on which it begins; -1 for none
 * @param peak degrees above the usual temperature
 */
public record FeverCourse(int day, int days, double peak) {

    private static final double PROBABILITY_A_DAY = 0.1 / 56;

    static FeverCourse draw(Draws draws, int days) {
        boolean falls = draws.chance(Math.min(1, PROBABILITY_A_DAY * days));
        int first = draws.below(days);
        int length = draws.whole(3, 5);
        double peak = draws.between(1.5, 2.8);
        return falls ? new FeverCourse(first, Math.min(length, days - first), peak) : new FeverCourse(-1, 0, 0);
    }

    public boolean happens() {
        return day >= 0;
    }

    /** Degrees above the usual temperature on that day. */
    double on(int someDay) {
        if (!happens() || someDay < day || someDay >= day + days) {
            return 0;
        }
        return peak * (1 - 0.7 * (someDay - day) / Math.max(1, days - 1));
    }
}
