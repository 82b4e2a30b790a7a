package eu.sinusnode.server.observability;

import eu.sinusnode.policy.disclosure.GateMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts, by resource type, what the gate had to withhold although the search was narrowed. Anything but 0 is a fault. */
@Component
final class CountedGate implements GateMetrics {

    private static final String NAME = "sinusnode.gate.withheld.from.search";
    private final MeterRegistry meters;

    CountedGate(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void withheldFromSearch(String resourceType) {
        meters.counter(NAME, "type", resourceType).increment();
    }
}
