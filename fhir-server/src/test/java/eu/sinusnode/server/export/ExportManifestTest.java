package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJob;
import eu.sinusnode.server.export.job.ExportOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The manifest is read by programs that know the IG and nothing else. */
class ExportManifestTest {

    private static final Instant NOW = Instant.parse("2026-11-27T16:30:00Z");
    private static final List<StoredFile> FILES = List.of(file("Patient", false), file("Observation", true));

    @Test
    void eachFileHasItsType() throws JsonProcessingException {
        assertThat(manifest(null)).isEqualTo("""
                {"transactionTime":"2026-11-27T16:30:00Z","request":"https://x/fhir/$export","requiresAccessToken":true,\
                "output":[{"type":"Patient","url":"Patient"}],\
                "deleted":[{"type":"Bundle","url":"Observation"}],"error":[]}""");
    }

    @Test
    void filesOfBlocksHaveNone() throws JsonProcessingException {
        assertThat(manifest("Patient")).isEqualTo("""
                {"transactionTime":"2026-11-27T16:30:00Z","request":"https://x/fhir/$export","requiresAccessToken":true,\
                "outputOrganizedBy":"Patient",\
                "output":[{"url":"Patient"}],\
                "deleted":[{"type":"Bundle","url":"Observation"}],"error":[]}""");
    }

    private static String manifest(@Nullable String organizedBy) throws JsonProcessingException {
        ExportOrder order = new ExportOrder(
                "https://x/fhir/$export",
                Set.of("Patient", "Observation"),
                null,
                null,
                Map.of(),
                Map.of(),
                null,
                organizedBy,
                null);
        Caller caller = new Caller(
                CallerKind.INSURER,
                "client",
                "subject",
                "token",
                "insurer",
                "DE",
                null,
                CallerKind.INSURER.purpose(),
                null,
                null,
                new Scopes(List.of()),
                Set.of());
        ExportJob job = new ExportJob(
                UUID.randomUUID(), caller, order, ExportJob.State.COMPLETE, NOW, NOW, NOW, 1, 1, null, null, 0);
        return new ObjectMapper().writeValueAsString(ExportManifest.of(job, FILES, StoredFile::type));
    }

    private static StoredFile file(String type, boolean deleted) {
        return new StoredFile(UUID.randomUUID(), type, deleted, "kid", 1, 1, 1);
    }
}
