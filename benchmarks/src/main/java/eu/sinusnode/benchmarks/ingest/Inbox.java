package eu.sinusnode.benchmarks.ingest;

import eu.sinusnode.launcher.http.BulkImport;
import eu.sinusnode.launcher.http.BulkImport.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The folder that a caller's files are imported from. */
public final class Inbox {

    private final Path folder;

    public Inbox(BulkImport imports) {
        this.folder = imports.folder();
    }

    Path folder() {
        return folder;
    }

    /**
     * New vital signs, whose identifiers nobody has had before.
     *
     * @param count of all files together
     */
    public List<Input> vitals(ImportFiles made, long count, int files) throws IOException {
        return made.vitals(folder, UUID.randomUUID().toString().substring(0, 8), count, files).stream()
                .map(name -> new Input("Observation", name))
                .toList();
    }

    /** Files of earlier imports too: they take gigabytes. */
    public void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
