package eu.sinusnode.server.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much bulk exports may take.
 *
 * @param workers exports that one node works on at once
 * @param jobsPerCaller exports that one caller may have under way at once
 * @param patientsPerRange patients that are read before the progress is written down
 * @param rangesAtOnce such ranges of one export that are read at the same time, the one that is being written among them
 * @param patientsPerFile after so many patients a file ends and the next one begins
 * @param fileSize after so many bytes a file ends and the next one begins
 * @param disk what the files of all exports together may take
 * @param expiresAfter how long the files of a completed export are kept
 * @param smallestGroup in the pseudonymised form, how many patients at least must look the same
 * @param lease how long a node that has died keeps an export from being taken over
 */
@ConfigurationProperties("sinusnode.export")
public record ExportProperties(
        @DefaultValue("2") int workers,
        @DefaultValue("3") int jobsPerCaller,
        @DefaultValue("100") int patientsPerRange,
        @DefaultValue("3") int rangesAtOnce,
        @DefaultValue("2000") int patientsPerFile,
        @DefaultValue("256MB") DataSize fileSize,
        @DefaultValue("50GB") DataSize disk,
        @DefaultValue("24h") Duration expiresAfter,
        @DefaultValue("10") int smallestGroup,
        @DefaultValue("30s") Duration lease) {

    public ExportProperties {
        Sentences.require(workers > 0 && workers <= 16, "sinusnode.export.workers must lie between 1 and 16.");
        Sentences.require(jobsPerCaller > 0, "sinusnode.export.jobs-per-caller must be at least 1.");
        Sentences.require(
                patientsPerRange > 0 && patientsPerRange <= 1_000,
                "sinusnode.export.patients-per-range must lie between 1 and 1000.");
        Sentences.require(
                rangesAtOnce > 0 && workers * rangesAtOnce <= 16,
                "sinusnode.export.ranges-at-once must be at least 1, and 16 at most together with those of the other workers;"
                        + " each holds a connection to the database.");
        Sentences.require(
                patientsPerFile > 0 && patientsPerFile <= 10_000,
                "sinusnode.export.patients-per-file must lie between 1 and 10000, because each stands in the audit of a download.");
        Sentences.require(
                fileSize.toMegabytes() >= 1 && fileSize.toGigabytes() <= 4,
                "sinusnode.export.file-size must lie between 1MB and 4GB.");
        Sentences.require(
                disk.compareTo(fileSize) >= 0,
                "sinusnode.export.disk must hold one file of sinusnode.export.file-size.");
        Sentences.require(
                Sentences.isBetween(expiresAfter, Duration.ofMinutes(1), Duration.ofDays(30)),
                "sinusnode.export.expires-after must lie between a minute and 30 days.");
        Sentences.require(
                smallestGroup >= 5 && smallestGroup <= 1_000,
                "sinusnode.export.smallest-group must lie between 5 and 1000: fewer who look the same hide nobody.");
        Sentences.require(
                Sentences.isBetween(lease, Duration.ofSeconds(2), Duration.ofMinutes(10)),
                "sinusnode.export.lease must lie between 2 s and 10 minutes.");
    }
}
