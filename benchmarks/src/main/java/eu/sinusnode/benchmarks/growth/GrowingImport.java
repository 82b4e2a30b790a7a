package eu.sinusnode.benchmarks.growth;

import eu.sinusnode.benchmarks.ingest.ImportCost;
import eu.sinusnode.benchmarks.ingest.ImportFiles;
import eu.sinusnode.benchmarks.ingest.Inbox;
import eu.sinusnode.benchmarks.measure.Result;
import eu.sinusnode.launcher.http.BulkImport;
import java.io.IOException;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Imports as a clinic's system what a size lacks. */
final class GrowingImport {

    private static final int WARM_UP_LINES = 30_000;
    private static final int WARM_UP_FILES = 2;

    private final BulkImport clinic;
    private final GrowingCohort cohort;
    private final ImportCost cost;
    private final int each;
    private final int files;
    private final Consumer<String> out;

    /** @param each vital signs of a patient */
    GrowingImport(BulkImport clinic, GrowingCohort cohort, ImportCost cost, int each, int files, Consumer<String> out) {
        this.clinic = clinic;
        this.cohort = cohort;
        this.cost = cost;
        this.each = each;
        this.files = files;
        this.out = out;
    }

    /**
     * @param before vital signs of the size behind it; 0 for the first one, before which the server is warmed up
     * @param stage what the names of the figures begin with
     * @return bytes, the last tenth's rate, and the rate
     */
    List<Result> run(long before, long vitals, String stage) throws IOException, SQLException {
        List<UUID> patients = cohort.grow((int) (before / each), (int) (vitals / each));
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        Inbox inbox = new Inbox(clinic);
        try {
            if (before == 0) {
                ImportFiles earlier = new ImportFiles(patients, now.minusYears(1));
                cost.run("to warm up", clinic, inbox.vitals(earlier, WARM_UP_LINES, WARM_UP_FILES));
                inbox.clear();
            }
            long bytes = cohort.bytes();
            ImportCost.Result result = cost.run(
                    vitals - before + " vital signs more",
                    clinic,
                    inbox.vitals(new ImportFiles(patients, now.minusDays(1)), vitals - before, files));
            cohort.reached(vitals);
            out.accept("  largest tables: " + cohort.largest());
            return List.of(
                    Result.alone(
                            stage + ".bytes",
                            (double) (cohort.bytes() - bytes) / result.lines(),
                            "bytes a vital",
                            null),
                    Result.beside(
                            stage + ".import.last",
                            result.last(),
                            result.first(),
                            "vitals/s of the last tenth, ratio to the first",
                            null),
                    Result.alone(
                            stage + ".import",
                            result.perSecond(),
                            "vitals/s",
                            result.serverCpu() + result.databaseCpu()));
        } finally {
            inbox.clear();
        }
    }
}
