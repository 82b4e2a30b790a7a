package eu.sinusnode.server.configuration;

import java.time.Duration;
import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit is kept.
 *
 * @param retention how long events are kept, as an ISO 8601 period; at least three years, for which Art. 9 of Regulation
 *     (EU) 2025/327 lets a patient see who had access. The default is the ten years of the records themselves (§ 630f BGB)
 * @param flushEvery how often the journal is brought to the disk
 * @param searchPatience how long a search waits for what was recorded before it
 */
@ConfigurationProperties("sinusnode.audit")
public record AuditProperties(
        @DefaultValue("P10Y") Period retention,
        @DefaultValue("10ms") Duration flushEvery,
        @DefaultValue("5s") Duration searchPatience) {

    private static final int LEAST_YEARS = 3;

    public AuditProperties {
        Sentences.require(
                retention.toTotalMonths() >= 12 * LEAST_YEARS && !retention.isNegative(),
                "sinusnode.audit.retention must be at least P3Y: patients may see three years of accesses.");
        Sentences.require(
                !flushEvery.isNegative() && flushEvery.compareTo(Duration.ofSeconds(1)) <= 0,
                "sinusnode.audit.flush-every must lie between 0 s and 1 s; it is what a loss of power may cost.");
        Sentences.require(
                !searchPatience.isNegative() && searchPatience.compareTo(Duration.ofMinutes(1)) <= 0,
                "sinusnode.audit.search-patience must lie between 0 s and 60 s.");
    }
}
