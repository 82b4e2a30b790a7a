package eu.sinusnode.server.export.job;

import eu.sinusnode.server.records.StoredRecord;

/** The statements by which {@link RecordCursor} finds records in the storage's tables. */
final class RecordSql {

    /** Whatever refers to the patient; whose a record is in truth is decided when it has been read. */
    static final String OF_PATIENT = """
            WITH own AS (
                SELECT p.res_id FROM public.hfj_resource p WHERE p.res_type = 'Patient' AND p.fhir_id = ?
            ), linked AS (
                SELECT o.res_id FROM own o
                UNION
                SELECT l.src_resource_id FROM own o JOIN public.hfj_res_link l ON l.target_resource_id = o.res_id
            )
            """;

    /** A Provenance names its target and not the patient. */
    static final String WITH_PROVENANCES = OF_PATIENT + """
            , found AS (
                SELECT l.res_id FROM linked l
                UNION
                SELECT p.src_resource_id FROM linked l JOIN public.hfj_res_link p ON p.target_resource_id = l.res_id
                WHERE p.source_resource_type = 'Provenance'
            )
            """;

    static final String NAMED = """
            WITH found AS (
                SELECT r.res_id FROM unnest(?::text[]) AS n (path) JOIN public.hfj_resource r
                    ON r.res_type = split_part(n.path, '/', 1) AND r.fhir_id = split_part(n.path, '/', 2)
            )
            """;

    /**
     * With the text of those that are short; of the others it says how long they are. Each is looked up by its key: left to
     * choose, a plan for all patients takes whatever was changed within the instants, which is everything.
     */
    static final String CURRENT = """
            SELECT %s, r.res_id, octet_length(v.res_text_vc)
            FROM %%s f
            CROSS JOIN LATERAL (SELECT one.res_id, one.res_ver, one.res_type, one.fhir_id, one.res_updated, one.res_deleted_at
                FROM public.hfj_resource one WHERE one.res_id = f.res_id OFFSET 0) r
            CROSS JOIN LATERAL (SELECT one.res_ver, one.res_encoding, one.res_text_vc, one.source_uri
                FROM public.hfj_res_ver one WHERE one.res_id = r.res_id AND one.res_ver = r.res_ver OFFSET 0) v
            WHERE r.res_type = ANY (?) AND r.res_deleted_at IS NULL AND r.res_updated > ? AND r.res_updated < ?
            """.formatted(StoredRecord.columns(
            "CASE WHEN octet_length(v.res_text_vc) <= " + RecordCursor.SHORT + " THEN v.res_text_vc END"));

    /** Of {@link #CURRENT}: the Patient first, then type by type. */
    static final String BY_TYPE = "ORDER BY r.res_type <> 'Patient', r.res_type";

    /** Their links went with them, so whose they were is remembered in a table of our own. */
    static final String DELETED = """
            SELECT r.res_type, r.fhir_id
            FROM sinusnode.deleted_record g
            JOIN public.hfj_resource r ON r.res_type = g.resource_type AND r.fhir_id = g.record::text
            WHERE g.patient = ?::uuid AND r.res_type = ANY (?) AND r.res_deleted_at IS NOT NULL
                AND r.res_updated > ? AND r.res_updated < ?
            ORDER BY r.res_type, r.res_id
            """;

    static final String RECORDS = """
            SELECT %s
            FROM unnest(?::bigint[], ?::bigint[]) AS k (res_id, res_ver)
            JOIN public.hfj_resource r ON r.res_id = k.res_id
            JOIN public.hfj_res_ver v ON v.res_id = k.res_id AND v.res_ver = k.res_ver
            """.formatted(StoredRecord.COLUMNS);

    /**
     * Each patient is found in the same way, and to plan it anew takes as long as to find. A plan that was made while a
     * table was small must not walk it once it has grown.
     */
    static final String PLANS =
            "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off; SET LOCAL enable_memoize = off";

    private RecordSql() {}
}
