package eu.sinusnode.server.labels;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import com.google.common.hash.Hashing;
import eu.sinusnode.policy.access.LimitingParameters;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;

/**
 * The rows in which the storage keeps a current version and its labels: its text, the index that searches ask, and our own
 * table for readers of readings. Nothing of it makes a version, as {@code $meta-add} makes none in R4.
 */
final class LabelRows {

    /** Locked by itself: only a statement that begins afterwards sees the version of who was before. */
    private static final String LOCK = """
            SELECT res_id FROM public.hfj_resource
            WHERE res_type = ? AND fhir_id = ? AND res_deleted_at IS NULL FOR NO KEY UPDATE
            """;

    private static final String TEXT = """
            SELECT v.res_text_vc FROM public.hfj_resource r
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = ? AND r.fhir_id = ? AND r.res_deleted_at IS NULL AND v.res_encoding = 'JSON'
                AND v.res_text_vc IS NOT NULL
            """;

    /** By its hash the storage knows an update that changes nothing. */
    private static final String RESOURCE =
            "UPDATE public.hfj_resource SET hash_sha256 = ?, sp_token_present = true WHERE res_id = ?";

    private static final String VERSION = """
            UPDATE public.hfj_res_ver v SET res_text_vc = ? FROM public.hfj_resource r
            WHERE r.res_id = ? AND v.res_id = r.res_id AND v.res_ver = r.res_ver
            """;

    private static final String INDEX = """
            INSERT INTO public.hfj_spidx_token (sp_id, sp_missing, res_id, hash_identity, hash_sys,
                hash_sys_and_value, hash_value, sp_system, sp_value)
            VALUES (nextval('public.seq_spidx_token'), false, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String REMEMBER = """
            INSERT INTO sinusnode.labelled_observation (observation, patient) VALUES (?, ?) ON CONFLICT DO NOTHING
            """;

    private static final PartitionSettings ONE_PARTITION = new PartitionSettings();

    private final RunningTransaction transaction;

    LabelRows(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** The storage's number for a record, which nobody else changes until the transaction ends. */
    Optional<Long> lock(String type, String id) {
        return transaction.queryForList(LOCK, Long.class, type, id).stream().findFirst();
    }

    /** What the current version is stored as; empty when there is none, or none in JSON. */
    Optional<String> text(String type, String id) {
        return transaction.queryForList(TEXT, String.class, type, id).stream().findFirst();
    }

    /** @param record its number, locked */
    void write(long record, String text) {
        String hash = Hashing.sha256()
                .hashBytes(text.getBytes(StandardCharsets.UTF_16LE))
                .toString();
        transaction.update(RESOURCE, hash, record);
        transaction.update(VERSION, text, record);
    }

    void index(long record, String type, Collection<Code> labels) {
        transaction.batch(INDEX, List.copyOf(labels), label -> {
            ResourceIndexedSearchParamToken token = new ResourceIndexedSearchParamToken(
                    ONE_PARTITION, type, LimitingParameters.LABELS, label.system(), label.code());
            token.calculateHashes();
            return new Object[] {
                record,
                Objects.requireNonNull(token.getHashIdentity()),
                Objects.requireNonNull(token.getHashSystem()),
                Objects.requireNonNull(token.getHashSystemAndValue()),
                Objects.requireNonNull(token.getHashValue()),
                label.system(),
                label.code()
            };
        });
    }

    void remember(Observation observation) {
        transaction.update(
                REMEMBER,
                ResourceIds.require("Observation", observation.getIdElement().getIdPart()),
                ResourceIds.require(
                        "Patient",
                        observation.getSubject().getReferenceElement().getIdPart()));
    }
}
