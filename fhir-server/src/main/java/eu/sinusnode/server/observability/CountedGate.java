package eu.sinusnode.server.observability;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.disclosure.GateMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * Counts, by resource type, what the gate had to withhold although the search was narrowed. Anything but 0 is a fault, so
 * each type is there from the start: who watches it tells 0 from nobody counting.
 */
@Component
final class CountedGate implements GateMetrics {

    private static final String NAME = "sinusnode.gate.withheld.from.search";
    private final MeterRegistry meters;

    CountedGate(MeterRegistry meters) {
        this.meters = meters;
        AccessMatrix.standard().resourceTypes().forEach(this::counter);
    }

    @Override
    public void withheldFromSearch(String resourceType) {
        counter(resourceType).increment();
    }

    private Counter counter(String resourceType) {
        return meters.counter(NAME, "type", resourceType);
    }
}
