package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.Decompensation;

/**
 * Water that a failing heart holds back before admission: slowly over three weeks, then fast over the last four days
 * (shape after Chaudhry 2007, who saw gain from about 30 days before and divergence in the last week; the fast phase is
 * set so that it exceeds 2 kg in three days, the ESC's advice to patients).
 *
 * @param admissionDay day of the timeline; equal to its length when admission lies ahead; -1 for no decompensation
 * @param gain in kg on the day of admission
 */
public record FluidCourse(int admissionDay, double gain, int hospitalDays) {

    private static final int SLOW_DAYS = 21;
    private static final double FAST_DAYS = 4;
    private static final double SLOW_SHARE = 0.2;

    static FluidCourse draw(Draws draws, Decompensation decompensation, int days) {
        double gain = draws.between(4.4, 6.0);
        int hospitalDays = draws.whole(6, 9);
        return switch (decompensation) {
            case NONE -> new FluidCourse(-1, 0, 0);
            case PAST -> new FluidCourse(draws.whole(days * 2 / 5, days * 4 / 5), gain, hospitalDays);
            case IMMINENT -> new FluidCourse(days, gain, 0);
        };
    }

    public boolean happens() {
        return admissionDay >= 0;
    }

    boolean inHospital(int day) {
        return happens() && day >= admissionDay && day < admissionDay + hospitalDays;
    }

    /** Kilograms above dry weight on the morning of that day. */
    double gainOn(int day) {
        int lead = admissionDay - day;
        if (!happens() || lead < 0 || lead > SLOW_DAYS) {
            return 0;
        }
        double slow = Math.min(1, (SLOW_DAYS - lead) / (SLOW_DAYS - FAST_DAYS));
        double fast = Math.max(0, 1 - lead / FAST_DAYS);
        return gain * (SLOW_SHARE * slow + (1 - SLOW_SHARE) * fast);
    }
}
