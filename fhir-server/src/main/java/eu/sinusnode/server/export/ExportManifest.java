package eu.sinusnode.server.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJob;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The manifest of a completed export (Bulk Data Access IG, "Response - Complete Status"). Files carry no count: what of a
 * file leaves is decided when it is fetched.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ExportManifest(
        String transactionTime,
        String request,
        boolean requiresAccessToken,
        List<Output> output,
        List<Output> deleted,
        List<Output> error) {

    record Output(String type, String url) {}

    /** @param url where a file is fetched */
    static ExportManifest of(ExportJob job, List<StoredFile> files, Function<StoredFile, String> url) {
        return new ExportManifest(
                Objects.requireNonNull(job.transactionTime()).toString(),
                job.order().url(),
                true,
                files.stream()
                        .filter(file -> !file.deleted())
                        .map(file -> new Output(file.type(), url.apply(file)))
                        .toList(),
                files.stream()
                        .filter(StoredFile::deleted)
                        .map(file -> new Output("Bundle", url.apply(file)))
                        .toList(),
                List.of());
    }
}
