package eu.sinusnode.benchmarks.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuditDelayTest {

    /** The text is what the server's own library writes. */
    @Test
    void itIsReadFromTheServersMetric() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.config().commonTags("site", "a");
        Timer timer = Timer.builder("sinusnode.audit.record")
                .serviceLevelObjectives(Duration.ofNanos(100_000), Duration.ofMillis(1), Duration.ofMillis(10))
                .register(meters);
        timer.record(Duration.ofNanos(60_000));
        AuditDelay before = AuditDelay.of(meters.scrape());
        for (int i = 0; i < 8; i++) {
            timer.record(Duration.ofNanos(50_000));
        }
        timer.record(Duration.ofNanos(400_000));
        timer.record(Duration.ofMillis(3));

        AuditDelay delay = AuditDelay.of(meters.scrape()).since(before);

        assertThat(delay.entries()).isEqualTo(10);
        assertThat(delay.withinTenth()).isEqualTo(8);
        assertThat(delay.withinMilli()).isEqualTo(9);
        assertThat(delay.meanMicros()).isCloseTo(380, within(0.001));
        assertThat(delay.describe()).contains("10 entries", "380 us", "80.00 % within 0.1 ms", "90.000 % within 1 ms");
    }

    @Test
    void metricsWithoutItAreNotReadAsNothing() {
        assertThatThrownBy(() -> AuditDelay.of("jvm_threads_live_threads 40.0\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
