package eu.sinusnode.server.configuration;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bulk imports: where their files lie, and how much they may take.
 *
 * @param folder has a folder for each client that imports, named by its client id, with its NDJSON files; without it nobody imports
 * @param workers files that one node works on at once
 * @param jobsPerCaller imports that one caller may have under way at once
 * @param filesPerJob files of one import
 * @param linesPerTransaction lines that are stored, with the progress, in one transaction
 * @param lineSize a longer line is refused
 * @param refusedPerFile a file with more refused lines is given up
 * @param expiresAfter how long the outcome of an import that has ended can be read
 * @param lease how long a node that has died keeps a file from being taken over
 */
@ConfigurationProperties("sinusnode.import")
public record ImportProperties(
        @Nullable Path folder,
        @DefaultValue("2") int workers,
        @DefaultValue("3") int jobsPerCaller,
        @DefaultValue("1000") int filesPerJob,
        @DefaultValue("2000") int linesPerTransaction,
        @DefaultValue("1MB") DataSize lineSize,
        @DefaultValue("10000") int refusedPerFile,
        @DefaultValue("7d") Duration expiresAfter,
        @DefaultValue("30s") Duration lease) {

    public ImportProperties {
        Sentences.require(
                workers > 0 && workers <= 16,
                "sinusnode.import.workers must lie between 1 and 16; each holds a connection to the database.");
        Sentences.require(jobsPerCaller > 0, "sinusnode.import.jobs-per-caller must be at least 1.");
        Sentences.require(
                filesPerJob > 0 && filesPerJob <= 10_000,
                "sinusnode.import.files-per-job must lie between 1 and 10000.");
        Sentences.require(
                linesPerTransaction > 0 && linesPerTransaction <= 10_000,
                "sinusnode.import.lines-per-transaction must lie between 1 and 10000.");
        Sentences.require(
                lineSize.toKilobytes() >= 4 && lineSize.toMegabytes() <= 64,
                "sinusnode.import.line-size must lie between 4KB and 64MB.");
        Sentences.require(
                refusedPerFile > 0 && refusedPerFile <= 1_000_000,
                "sinusnode.import.refused-per-file must lie between 1 and 1000000.");
        Sentences.require(
                Sentences.isBetween(expiresAfter, Duration.ofMinutes(1), Duration.ofDays(90)),
                "sinusnode.import.expires-after must lie between a minute and 90 days.");
        Sentences.require(
                Sentences.isBetween(lease, Duration.ofSeconds(2), Duration.ofMinutes(10)),
                "sinusnode.import.lease must lie between 2 s and 10 minutes.");
    }
}
