package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import java.util.BitSet;

/** Days at home with the devices: without holidays and without days in hospital. */
final class Presence {

    private final BitSet away = new BitSet();
    private final FluidCourse fluid;

    private Presence(FluidCourse fluid) {
        this.fluid = fluid;
    }

    /** About one holiday of four to twelve days in ten weeks (assumption); none in the last week, so that the end has data. */
    static Presence draw(Draws draws, FluidCourse fluid, int days) {
        Presence presence = new Presence(fluid);
        for (int week = 0; week < days / 7 - 2; week++) {
            if (draws.chance(0.10)) {
                int from = 7 * week + draws.below(7);
                presence.away.set(from, Math.min(days - 7, from + draws.whole(4, 12)));
            }
        }
        return presence;
    }

    /** True when cuff and scale are at hand. */
    boolean atHome(int day) {
        return !away.get(day) && !fluid.inHospital(day);
    }

    boolean inHospital(int day) {
        return fluid.inHospital(day);
    }
}
