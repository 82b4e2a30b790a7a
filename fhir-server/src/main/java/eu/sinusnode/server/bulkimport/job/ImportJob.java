package eu.sinusnode.server.bulkimport.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One import.
 *
 * @param job its unguessable name
 * @param url the kick-off request
 * @param files in the order in which they were named
 */
public record ImportJob(UUID job, String url, Instant created, List<ImportedFile> files) {

    public ImportJob {
        files = List.copyOf(files);
    }

    public boolean isUnderWay() {
        return files.stream().anyMatch(file -> file.state().isUnderWay());
    }
}
