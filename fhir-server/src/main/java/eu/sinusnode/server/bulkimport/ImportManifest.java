package eu.sinusnode.server.bulkimport;

import com.fasterxml.jackson.annotation.JsonInclude;
import eu.sinusnode.server.bulkimport.job.ImportJob;
import eu.sinusnode.server.bulkimport.job.ImportedFile;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an import that has ended has come to, in the form of an export's manifest (Bulk Data Access IG, "Response - Complete
 * Status"), as other servers give it for imports.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportManifest(
        String transactionTime, String request, boolean requiresAccessToken, List<Output> output, List<Error> error) {

    /**
     * @param count lines that were stored
     * @param alreadyThere lines that were stored already
     * @param state {@code complete} or {@code failed}
     * @param problem why it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Output(
            String type,
            String inputUrl,
            String state,
            long count,
            long alreadyThere,
            long refused,
            @Nullable String problem) {}

    /** The refused lines of one file, as NDJSON of OperationOutcomes. */
    record Error(String type, String inputUrl, long count, String url) {}

    /** @param errors where the refused lines of a file are read */
    static ImportManifest of(ImportJob job, Function<ImportedFile, String> errors) {
        return new ImportManifest(
                job.created().toString(),
                job.url(),
                true,
                job.files().stream()
                        .map(file -> new Output(
                                file.type(),
                                file.name(),
                                file.state().name().toLowerCase(Locale.ROOT),
                                file.created(),
                                file.known(),
                                file.refused(),
                                file.problem()))
                        .toList(),
                job.files().stream()
                        .filter(file -> file.refused() > 0)
                        .map(file -> new Error("OperationOutcome", file.name(), file.refused(), errors.apply(file)))
                        .toList());
    }
}
