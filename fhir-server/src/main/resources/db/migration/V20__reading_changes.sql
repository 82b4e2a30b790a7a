-- Changes that the readings themselves do not show to a reader who asks for what changed since a sequence.

CREATE TABLE sinusnode.reading_change (
    observation     uuid PRIMARY KEY,
    patient         uuid NOT NULL,
    change_sequence bigint NOT NULL
);
CREATE INDEX reading_change_patient ON sinusnode.reading_change (patient, change_sequence);
COMMENT ON TABLE sinusnode.reading_change IS 'RR-interval series, and Observations whose readings are gone: when they last changed. Written in the transaction that stores or deletes the Observation.';
COMMENT ON COLUMN sinusnode.reading_change.change_sequence IS 'As vital_reading.change_sequence';

-- Series that were stored before count as changed now: a reader sees a change at least once.
DO $$
BEGIN
    IF to_regclass('public.hfj_spidx_token') IS NOT NULL THEN
        INSERT INTO sinusnode.reading_change (observation, patient, change_sequence)
        SELECT DISTINCT r.fhir_id::uuid, p.fhir_id::uuid, pg_current_xact_id()::text::bigint
        FROM public.hfj_spidx_token t
        JOIN public.hfj_resource r ON r.res_id = t.res_id
        JOIN public.hfj_res_link l ON l.src_resource_id = r.res_id AND l.src_path = 'Observation.subject'
        JOIN public.hfj_resource p ON p.res_id = l.target_resource_id
        WHERE t.sp_value = 'rr-interval-series' AND r.res_type = 'Observation' AND r.res_deleted_at IS NULL
            AND p.res_type = 'Patient';
    END IF;
END;
$$;
