-- Searches for vital signs that name no patient: walked from the newest or oldest, with what the caller may see in the same statement.

-- A blood pressure is found by its systolic reading alone, so that it comes once.
CREATE INDEX vital_reading_code_effective ON sinusnode.vital_reading (code, effective, observation)
    INCLUDE (patient, offset_minutes, status) WHERE code <> 2;

CREATE TABLE sinusnode.vital_without_reading (
    low         timestamptz NOT NULL,
    high        timestamptz NOT NULL,
    patient     uuid NOT NULL,
    observation uuid NOT NULL,
    low_day     integer NOT NULL,
    high_day    integer NOT NULL,
    code        smallint NOT NULL,
    status      "char" NOT NULL CHECK (status IN ('r', 'p', 'f', 'a', 'c', 'x', 'e', 'u')),
    PRIMARY KEY (observation, code)
);
CREATE INDEX vital_without_reading_code_low ON sinusnode.vital_without_reading (code, low, observation);
CREATE INDEX vital_without_reading_patient_code_low ON sinusnode.vital_without_reading (patient, code, low);
COMMENT ON TABLE sinusnode.vital_without_reading IS 'Observations that carry a vital code and have no reading by which they would be found: no value, one in another unit, a date without a time. Written in the transaction that stores the Observation. Together with vital_reading these are all Observations of the code.';
COMMENT ON COLUMN sinusnode.vital_without_reading.code IS 'As vital_reading.code; for a blood pressure that of the systolic value';
COMMENT ON COLUMN sinusnode.vital_without_reading.low IS 'Where Observation.effective begins, as searches by date take it; the year 1 when there is none';
COMMENT ON COLUMN sinusnode.vital_without_reading.high IS 'Where it ends';
COMMENT ON COLUMN sinusnode.vital_without_reading.low_day IS 'The day that it begins on as the Observation states it, yyyymmdd';
COMMENT ON COLUMN sinusnode.vital_without_reading.high_day IS 'The day that it ends on';

-- What was stored before. The number is the storage's own for the dates of Observations; its times are local ones.
DO $$
BEGIN
    IF to_regclass('public.hfj_spidx_date') IS NOT NULL THEN
        INSERT INTO sinusnode.vital_without_reading (low, high, patient, observation, low_day, high_day, code, status)
        SELECT DISTINCT ON (r.fhir_id, k.code)
            coalesce(d.sp_value_low::timestamptz, '0001-01-01Z'), coalesce(d.sp_value_high::timestamptz, '0001-01-01Z'),
            substr(o.body #>> '{subject,reference}', 9)::uuid, r.fhir_id::uuid,
            coalesce(d.sp_value_low_date_ordinal, 10101), coalesce(d.sp_value_high_date_ordinal, 10101), k.code,
            CASE o.body ->> 'status' WHEN 'registered' THEN 'r' WHEN 'preliminary' THEN 'p' WHEN 'final' THEN 'f'
                WHEN 'amended' THEN 'a' WHEN 'corrected' THEN 'c' WHEN 'cancelled' THEN 'x'
                WHEN 'entered-in-error' THEN 'e' ELSE 'u' END::"char"
        FROM public.hfj_resource r
        JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
        CROSS JOIN LATERAL (SELECT v.res_text_vc::jsonb AS body OFFSET 0) o
        CROSS JOIN LATERAL jsonb_array_elements(o.body #> '{code,coding}') c
        JOIN sinusnode.vital_code k ON k.observation_code = c ->> 'code' AND k.code <> 2
        LEFT JOIN public.hfj_spidx_date d ON d.res_id = r.res_id AND d.hash_identity = 123682819940570799
        WHERE r.res_type = 'Observation' AND r.res_deleted_at IS NULL AND v.res_encoding = 'JSON'
            AND c ->> 'system' = 'http://loinc.org' AND starts_with(o.body #>> '{subject,reference}', 'Patient/')
            AND NOT EXISTS (SELECT FROM sinusnode.vital_reading t
                WHERE t.observation = r.fhir_id::uuid AND t.code = k.code)
        ORDER BY r.fhir_id, k.code, d.sp_value_low;
    END IF;
END;
$$;
