package eu.sinusnode.server.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJob;
import eu.sinusnode.server.export.job.ExportOrder.Pseudonymised;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a completed export (Bulk Data Access IG, "Response - Complete Status"). Files carry no count: what of a
 * file leaves is decided when it is fetched. A block never goes on in another file, so that none is told.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExportManifest(
        String transactionTime,
        String request,
        boolean requiresAccessToken,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String outputOrganizedBy,
        List<Output> output,
        List<Output> deleted,
        List<Output> error,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> extension) {

    private static final String SMALL_GROUPS = Canonicals.BASE + "/bulk-export/small-groups";

    /** @param type null for a file that holds several */
    record Output(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String type,

            String url) {}

    /** @param url where a file is fetched */
    static ExportManifest of(ExportJob job, List<StoredFile> files, Function<StoredFile, String> url) {
        String organizedBy = job.order().organizedBy();
        return new ExportManifest(
                Objects.requireNonNull(job.transactionTime()).toString(),
                job.order().url(),
                true,
                organizedBy,
                files.stream()
                        .filter(file -> !file.deleted())
                        .map(file -> new Output(organizedBy == null ? file.type() : null, url.apply(file)))
                        .toList(),
                files.stream()
                        .filter(StoredFile::deleted)
                        .map(file -> new Output("Bundle", url.apply(file)))
                        .toList(),
                List.of(),
                extension(job));
    }

    /** How many are told less exactly, and never who; without a number when there are too few for anybody to be told. */
    private static @Nullable Map<String, Object> extension(ExportJob job) {
        Pseudonymised form = job.order().pseudonymised();
        if (form == null) {
            return null;
        }
        Integer generalised = job.generalised();
        return Map.of(
                SMALL_GROUPS,
                generalised == null
                        ? Map.of("smallestGroup", form.smallestGroup(), "tooFewPatients", true)
                        : Map.of("smallestGroup", form.smallestGroup(), "patientsGeneralised", generalised));
    }
}
