package eu.sinusnode.server.merging;

import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.List;
import java.util.UUID;

/** What is stored of a Patient who is to be merged, on the connection of the running transaction. */
class SourceRecords {

    /** A record that is being stored for one of them waits until the merge has ended. */
    private static final String LOCK = """
            SELECT p.res_id FROM public.hfj_resource p
            WHERE p.res_type = 'Patient' AND p.fhir_id IN (?, ?) ORDER BY p.res_id FOR UPDATE
            """;

    /** A Provenance names its target and not the patient. */
    private static final String RECORDS = """
            WITH linked AS (
                SELECT l.src_resource_id AS res_id
                FROM public.hfj_resource p JOIN public.hfj_res_link l ON l.target_resource_id = p.res_id
                WHERE p.res_type = 'Patient' AND p.fhir_id = ?
            ), found AS (
                SELECT l.res_id FROM linked l
                UNION
                SELECT o.src_resource_id FROM linked l JOIN public.hfj_res_link o ON o.target_resource_id = l.res_id
                WHERE o.source_resource_type = 'Provenance'
            )
            SELECT r.res_type || '/' || r.fhir_id FROM found f JOIN public.hfj_resource r ON r.res_id = f.res_id
            WHERE r.res_deleted_at IS NULL ORDER BY 1 LIMIT ?
            """;

    private static final String SHARED_VITALS = """
            SELECT EXISTS (SELECT FROM sinusnode.sent_identifier s JOIN sinusnode.sent_identifier t
                ON t.identifier = s.identifier AND t.sender = s.sender AND t.patient = ? WHERE s.patient = ? AND s.vital)
            """;

    /** Of two records that are no vitals, the target's stays the one that the identifier stands for. */
    private static final String MOVE_IDENTIFIERS = """
            WITH moved AS (DELETE FROM sinusnode.sent_identifier WHERE patient = ? RETURNING *)
            INSERT INTO sinusnode.sent_identifier (patient, identifier, sender, record, vital)
            SELECT ?, identifier, sender, record, vital FROM moved ON CONFLICT DO NOTHING
            """;

    private static final String RESTRICTED = """
            SELECT EXISTS (SELECT FROM sinusnode.restriction WHERE patient IN (?, ?))
            """;

    private final RunningTransaction transaction;

    SourceRecords(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    void lock(String sourceId, String targetId) {
        transaction.queryForList(LOCK, Long.class, sourceId, targetId);
    }

    /** Paths of all that names the Patient, sorted, and of the Provenances of these. */
    List<String> of(String sourceId, int most) {
        return transaction.queryForList(RECORDS, String.class, sourceId, most);
    }

    /** Whether somebody has brought a vital of one under the identifier of a vital of the other. */
    boolean shareVitals(String sourceId, String targetId) {
        return Boolean.TRUE.equals(
                transaction.queryForObject(SHARED_VITALS, Boolean.class, uuid(targetId), uuid(sourceId)));
    }

    /** Whether the record of one of them is restricted (Art. 18 GDPR). */
    boolean isRestricted(String sourceId, String targetId) {
        return Boolean.TRUE.equals(
                transaction.queryForObject(RESTRICTED, Boolean.class, uuid(sourceId), uuid(targetId)));
    }

    /** Before its records move: who brought them has them recognised under the target. */
    void moveIdentifiers(String sourceId, String targetId) {
        transaction.update(MOVE_IDENTIFIERS, uuid(sourceId), uuid(targetId));
    }

    private static UUID uuid(String patientId) {
        return ResourceIds.require("Patient", patientId);
    }
}
