package eu.sinusnode.sampledata.signal;

import eu.sinusnode.sampledata.chance.Draws;
import java.util.ArrayList;
import java.util.List;

/** When a device's readings reach the server: at once, or all together after some days without a connection. */
final class Delivery {

    private static final int DAY = 86_400;

    private record Outage(long from, long to) {}

    private final List<Outage> outages = new ArrayList<>();

    /**
     * @param share probability (an assumption) that the device has outages at all: one or two, of two to six days
     */
    Delivery(Draws draws, Timeline timeline, double share) {
        if (draws.chance(share)) {
            int count = draws.whole(1, 2);
            for (int i = 0; i < count; i++) {
                long from = timeline.start()
                        + draws.below(Math.max(1, timeline.days() - 3)) * (long) DAY
                        + draws.below(DAY);
                outages.add(new Outage(from, from + draws.whole(2 * DAY, 6 * DAY)));
            }
        }
    }

    /** Seconds since 1970; never before {@code measured}. */
    long arrival(long measured) {
        for (Outage outage : outages) {
            if (measured >= outage.from && measured < outage.to) {
                return outage.to;
            }
        }
        return measured + 20;
    }
}
