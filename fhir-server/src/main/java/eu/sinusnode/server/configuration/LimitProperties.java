package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much one request may ask for.
 *
 * @param requestBody bytes of a body, however it is sent
 * @param bundleEntries entries of a transaction or a batch
 * @param batchAnswer bytes that the answers to the entries of a batch may have together
 * @param requestTime how long a request is worked on; waiting for its client does not count
 * @param streamTime how long an operation is worked on that writes its answer while it works
 * @param pageSize search results a page when the request names no {@code _count}
 * @param maxPageSize search results a page at most
 * @param patientsPerSearch patients whom a search that names none is narrowed to by name; with more each record is decided
 * @param futureTolerance how far ahead of the server's clock a measurement may be
 */
@ConfigurationProperties("sinusnode.limits")
public record LimitProperties(
        @DefaultValue("16MB") DataSize requestBody,
        @DefaultValue("1000") int bundleEntries,
        @DefaultValue("32MB") DataSize batchAnswer,
        @DefaultValue("30s") Duration requestTime,
        @DefaultValue("30m") Duration streamTime,
        @DefaultValue("50") int pageSize,
        @DefaultValue("500") int maxPageSize,
        @DefaultValue("300") int patientsPerSearch,
        @DefaultValue("5m") Duration futureTolerance) {

    public LimitProperties {
        Sentences.require(
                requestBody.toKilobytes() >= 64 && requestBody.toMegabytes() <= 256,
                "sinusnode.limits.request-body must lie between 64KB and 256MB, because a body is parsed in memory.");
        Sentences.require(bundleEntries > 0, "sinusnode.limits.bundle-entries must be at least 1.");
        Sentences.require(
                batchAnswer.toKilobytes() >= 64 && batchAnswer.toMegabytes() <= 256,
                "sinusnode.limits.batch-answer must lie between 64KB and 256MB, because it is held in memory.");
        Sentences.require(
                requestTime.compareTo(Duration.ofSeconds(1)) >= 0 && requestTime.compareTo(Duration.ofMinutes(2)) <= 0,
                "sinusnode.limits.request-time must lie between 1 s and 2 min, after which the database ends a"
                        + " statement.");
        Sentences.require(
                streamTime.compareTo(requestTime) >= 0 && streamTime.compareTo(Duration.ofDays(1)) <= 0,
                "sinusnode.limits.stream-time must lie between sinusnode.limits.request-time and a day.");
        Sentences.require(
                pageSize > 0 && pageSize <= maxPageSize,
                "sinusnode.limits.page-size must lie between 1 and sinusnode.limits.max-page-size.");
        Sentences.require(maxPageSize <= 1000, "sinusnode.limits.max-page-size must not exceed 1000.");
        Sentences.require(patientsPerSearch > 0, "sinusnode.limits.patients-per-search must be at least 1.");
        Sentences.require(
                !futureTolerance.isNegative() && futureTolerance.compareTo(Duration.ofDays(1)) <= 0,
                "sinusnode.limits.future-tolerance must lie between 0 s and a day.");
    }
}
