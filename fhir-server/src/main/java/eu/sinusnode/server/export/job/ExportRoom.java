package eu.sinusnode.server.export.job;

import eu.sinusnode.server.configuration.ExportProperties;
import eu.sinusnode.server.export.file.ExportDirectory;
import java.io.IOException;

/** How much the files of all exports together may take. */
public final class ExportRoom {

    /** The audit and the database may live on the same disk: they must never be the ones for whom nothing is left. */
    private static final long LEFT_FOR_OTHERS = 512L << 20;

    private final ExportJobs jobs;
    private final ExportDirectory directory;
    private final ExportProperties limits;

    public ExportRoom(ExportJobs jobs, ExportDirectory directory, ExportProperties limits) {
        this.jobs = jobs;
        this.directory = directory;
        this.limits = limits;
    }

    public boolean isLeft() {
        try {
            return jobs.bytes() < limits.disk().toBytes() && directory.usable() > LEFT_FOR_OTHERS;
        } catch (IOException unknown) {
            return false;
        }
    }
}
