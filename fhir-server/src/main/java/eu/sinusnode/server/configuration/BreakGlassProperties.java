package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Opening a record in an emergency ({@code Patient/[id]/$break-glass}).
 *
 * @param duration how long a record stays open
 * @param patientsAtOnce patients whom one person may have opened at once; one who was closed early counts until its time is
 *     over
 */
@ConfigurationProperties("sinusnode.break-glass")
public record BreakGlassProperties(
        @DefaultValue("60m") Duration duration,
        @DefaultValue("5") int patientsAtOnce) {

    public BreakGlassProperties {
        Sentences.require(
                duration.compareTo(Duration.ofMinutes(5)) >= 0 && duration.compareTo(Duration.ofHours(12)) <= 0,
                "sinusnode.break-glass.duration must lie between 5 min and 12 h, a shift.");
        Sentences.require(
                patientsAtOnce > 0 && patientsAtOnce <= 50,
                "sinusnode.break-glass.patients-at-once must lie between 1 and 50.");
    }
}
