package eu.sinusnode.server.subscriptions.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What becomes of events, in figures that name nobody. */
final class DeliveryMeters {

    private final Timer lag;
    private final Counter withheld;
    private final Counter failed;

    DeliveryMeters(MeterRegistry meters) {
        this.lag = Timer.builder("sinusnode.subscription.lag")
                .description("From the write to the receiver's answer")
                .publishPercentiles(0.5, 0.95)
                .register(meters);
        this.withheld = meters.counter("sinusnode.subscription.withheld");
        this.failed = meters.counter("sinusnode.subscription.failed");
    }

    void told(Duration after) {
        lag.record(after);
    }

    void withheld(int events) {
        withheld.increment(events);
    }

    void failed() {
        failed.increment();
    }
}
