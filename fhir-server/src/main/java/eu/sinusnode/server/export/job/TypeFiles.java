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

/**
 * The files that a run writes: of each type one for records and one for deletions at a time, and the next one when it has
 * become large.
 */
final class TypeFiles implements AutoCloseable {

    private final ExportDirectory directory;
    private final UUID job;
    private final ExportProperties limits;
    private final Map<Kind, Open> open = new HashMap<>();

    private record Kind(String type, boolean deleted) {}

    private static final class Open {
        private final SealedFileWriter writer;
        private List<UUID> last = List.of();
        private int patients;

        private Open(SealedFileWriter writer) {
            this.writer = writer;
        }
    }

    TypeFiles(ExportDirectory directory, UUID job, ExportProperties limits) {
        this.directory = directory;
        this.job = job;
        this.limits = limits;
    }

    /** @param deleted whether the line says that a record of the type was deleted */
    void write(String type, boolean deleted, List<UUID> owners, byte[] grounds, byte[] line) throws IOException {
        Kind kind = new Kind(type, deleted);
        Open file = open.get(kind);
        if (file == null) {
            file = new Open(directory.create(job, type, deleted));
            open.put(kind, file);
        }
        if (!owners.equals(file.last)) {
            file.last = owners;
            file.patients++;
        }
        file.writer.write(owners, grounds, line);
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
