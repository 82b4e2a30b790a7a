package eu.sinusnode.server.audit;

import eu.sinusnode.server.audit.store.JournalDrainer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What operators watch of the audit. */
final class AuditMeters {

    private AuditMeters() {}

    static void register(JournalDrainer drainer, MeterRegistry meters) {
        Gauge.builder("sinusnode.audit.lag", drainer, d -> d.lag().toMillis() / 1000.0)
                .description("Age of the oldest audit entry that is not in the database yet")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("sinusnode.audit.refused", drainer, JournalDrainer::setAside)
                .description(
                        "Audit entries that the store would not take, kept in audit/refused; anything but 0 is a fault")
                .register(meters);
        Gauge.builder("sinusnode.audit.damaged.segments", drainer, JournalDrainer::damagedSegments)
                .description(
                        "Segments of the audit journal that could not be read to their end; anything but 0 is a fault")
                .register(meters);
    }
}
