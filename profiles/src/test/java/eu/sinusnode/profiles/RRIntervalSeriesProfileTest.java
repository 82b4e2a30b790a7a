package eu.sinusnode.profiles;

class RRIntervalSeriesProfileTest extends AbstractProfileTest {

    RRIntervalSeriesProfileTest() {
        super("rr-interval-series", Canonicals.RR_INTERVAL_SERIES);
    }
}
