package eu.sinusnode.server.export.job;

import eu.sinusnode.server.configuration.ExportProperties;
import eu.sinusnode.server.export.file.ExportDirectory;
import eu.sinusnode.server.export.file.SealedFileWriter;
import eu.sinusnode.server.export.file.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files that a run writes, each until it has become large: for each type one for records and one for deletions; or one
 * for the records of all types, patient by patient, which ends where no patient's records go on.
 */
final class RunFiles implements AutoCloseable {

    private final ExportDirectory directory;
    private final UUID job;
    private final @Nullable String organizedBy;
    private final ExportProperties limits;
    private final Map<Kind, Open> open = new HashMap<>();

    private record Kind(String type, boolean deleted) {}

    private static final class Open {
        private final SealedFileWriter writer;
        private @Nullable UUID last;
        private int patients;

        private Open(SealedFileWriter writer) {
            this.writer = writer;
        }
    }

    /** @param organizedBy type by whose instances records of all types share a file; null for a file for each type */
    RunFiles(ExportDirectory directory, UUID job, @Nullable String organizedBy, ExportProperties limits) {
        this.directory = directory;
        this.job = job;
        this.organizedBy = organizedBy;
        this.limits = limits;
    }

    /** @param deleted whether the line says that a record of the type was deleted */
    void write(String type, boolean deleted, List<UUID> owners, byte[] grounds, byte[] line) throws IOException {
        Kind kind = new Kind(deleted || organizedBy == null ? type : organizedBy, deleted);
        Open file = open.get(kind);
        if (file == null) {
            file = new Open(directory.create(job, kind.type(), deleted));
            open.put(kind, file);
        }
        if (!owners.isEmpty() && !owners.get(0).equals(file.last)) {
            file.last = owners.get(0);
            file.patients++;
        }
        file.writer.write(type, owners, grounds, line);
    }

    /** Everything so far is on the disk; what has become large is ended. */
    List<StoredFile> force() throws IOException {
        List<StoredFile> files = new ArrayList<>();
        Iterator<Open> each = open.values().iterator();
        while (each.hasNext()) {
            Open file = each.next();
            StoredFile stored = file.writer.force();
            files.add(stored);
            if (file.patients >= limits.patientsPerFile()
                    || stored.bytes() >= limits.fileSize().toBytes()) {
                file.writer.close();
                each.remove();
            }
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        for (Open file : open.values()) {
            file.writer.close();
        }
        open.clear();
    }
}
