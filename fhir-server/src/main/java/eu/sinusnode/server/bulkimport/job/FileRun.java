package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.server.bulkimport.job.FileLines.Line;
import eu.sinusnode.server.configuration.ImportProperties;
import java.io.IOException;
import java.util.List;

/** One run through a file, from where the run before came to. */
final class FileRun {

    private final ImportFolder folder;
    private final BulkWrites writes;
    private final PortionStore store;
    private final ImportProperties limits;

    FileRun(ImportFolder folder, BulkWrites writes, PortionStore store, ImportProperties limits) {
        this.folder = folder;
        this.writes = writes;
        this.store = store;
        this.limits = limits;
    }

    /**
     * @throws LeaseLostException when the file is not this run's any more
     * @throws FileEndedException when it is not to be worked on any further
     */
    void run(ImportLease lease, ImportedFile file) throws IOException {
        long refused = file.refused();
        try (FileLines lines = folder.open(
                file.caller(), file, Math.toIntExact(limits.lineSize().toBytes()))) {
            List<Line> portion = lines.next(limits.linesPerTransaction());
            while (!portion.isEmpty()) {
                lease.require();
                if (writes.decideSender(file.caller()) instanceof Decision.Deny) {
                    throw new FileEndedException("Who sends it may not send data any more.");
                }
                refused += store.store(lease, file, portion);
                if (refused > limits.refusedPerFile()) {
                    throw new FileEndedException(
                            "More of its lines were refused than sinusnode.import.refused-per-file allows.");
                }
                portion = lines.next(limits.linesPerTransaction());
            }
        } catch (ChangedFileException changed) {
            throw new FileEndedException("The file is gone, or another one than was asked for.");
        }
    }
}
