-- What the rules and scores of the analysis job ask of a record beside vital readings, so that it is given for many patients
-- at once: the elements that they ask for, of records with the codes that they know, and nothing else.

CREATE TABLE sinusnode.risk_input_code (
    system text NOT NULL,
    code   text NOT NULL,
    begins boolean NOT NULL,
    PRIMARY KEY (system, code)
);
COMMENT ON TABLE sinusnode.risk_input_code IS 'Codes that rules and scores know; the same as RiskInputCodes';
COMMENT ON COLUMN sinusnode.risk_input_code.begins IS 'Whether longer codes that begin so are meant, too';

INSERT INTO sinusnode.risk_input_code (system, code, begins)
SELECT s.system, c.code, true
FROM unnest(ARRAY['http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'http://hl7.org/fhir/sid/icd-10']) AS s (system),
    regexp_split_to_table('I50 I42 I11.0 I13.0 I13.2 I10 I11 I12 I13 I15 E10 E11 E12 E13 E14 I63 I64 I69.3 I69.4 G45 I74 '
        'I21 I22 I24 I25 I70 I71 I73.9 I48 Z95.2 I05.0 I05.2 I34.2 J44 N18 Z99.2 Z94.0 Z49 N18.5 K70.3 K71.7 K74 '
        'I60 I61 I62 K25.0 K25.4 K26.0 K26.4 K92.0 K92.1 K92.2 R58 D66 D67 D68 D69 F10', ' ') AS c (code)
UNION ALL
SELECT s.system, c.code, true
FROM unnest(ARRAY['http://fhir.de/CodeSystem/bfarm/atc', 'http://www.whocc.no/atc']) AS s (system),
    regexp_split_to_table('C07 C09 B01AA B01AE07 B01AF B01AC M01A C08D C01AA C01EB17 C01BD01', ' ') AS c (code)
UNION ALL
SELECT 'http://snomed.info/sct', c.code, false
FROM regexp_split_to_table('84114007 42343007 85898001 38341003 59621000 73211009 44054006 46635009 230690007 422504002 '
        '266257000 22298006 399211009 53741008 414545008 399957001 49436004 282825002 440059007 426749004 79619009 '
        '13645005 709044004 265764009 19943007 131148009 74474003 15167005 66590003 7200002 398036000 403829002', ' ')
    AS c (code)
UNION ALL
SELECT 'http://loinc.org', c.code, false
FROM regexp_split_to_table('14647-2 2093-3 14646-4 2085-9 14682-9 2160-0 10230-1 72166-2 88020-3', ' ') AS c (code);

CREATE FUNCTION sinusnode.risk_input_codings(codings jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'system', c -> 'system', 'code', c -> 'code', 'extension', (
            SELECT jsonb_agg(e) FROM jsonb_array_elements(c -> 'extension') AS e
            WHERE e ->> 'url' = 'http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit'))))
    FROM jsonb_array_elements(codings) AS c
    WHERE EXISTS (SELECT FROM sinusnode.risk_input_code k WHERE k.system = c ->> 'system'
        AND (k.code = c ->> 'code' OR k.begins AND starts_with(c ->> 'code', k.code)))
$$;
COMMENT ON FUNCTION sinusnode.risk_input_codings IS 'Those of a CodeableConcept''s codings that rules know, without their words; null when there is none';

-- One definition for what is stored from now on, for what was stored before, and for earlier versions.
CREATE FUNCTION sinusnode.risk_input_of(resource_type text, resource jsonb,
    OUT patient uuid, OUT code text, OUT effective timestamptz, OUT measured timestamptz, OUT said jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    codings jsonb;
    at text;
BEGIN
    code := '';
    patient := substring(resource -> 'subject' ->> 'reference'
        FROM '^Patient/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$')::uuid;
    IF resource_type = 'Patient' THEN
        said := jsonb_build_object('birthDate', resource -> 'birthDate', 'gender', resource -> 'gender', 'address', (
            SELECT jsonb_agg(jsonb_build_object('use', a -> 'use', 'country', a -> 'country'))
            FROM jsonb_array_elements(resource -> 'address') AS a WHERE a ? 'country'));
    ELSIF resource_type = 'Condition' THEN
        codings := sinusnode.risk_input_codings(resource -> 'code' -> 'coding');
        IF codings IS NOT NULL THEN
            said := jsonb_build_object(
                'clinicalStatus', jsonb_build_object('coding', resource -> 'clinicalStatus' -> 'coding'),
                'verificationStatus', jsonb_build_object('coding', resource -> 'verificationStatus' -> 'coding'),
                'code', jsonb_build_object('coding', codings),
                'onsetDateTime', resource -> 'onsetDateTime',
                'recordedDate', resource -> 'recordedDate');
        END IF;
    ELSIF resource_type = 'MedicationRequest' AND resource ->> 'status' = 'active' THEN
        codings := sinusnode.risk_input_codings(resource -> 'medicationCodeableConcept' -> 'coding');
        -- A drug that is not coded may be any; one that is coded and not asked for is nobody's business.
        IF codings IS NOT NULL OR NOT EXISTS (
            SELECT FROM jsonb_array_elements(resource -> 'medicationCodeableConcept' -> 'coding') AS c
            WHERE c ? 'code' AND EXISTS (SELECT FROM sinusnode.risk_input_code k
                WHERE k.code = 'C07' AND k.system = c ->> 'system')) THEN
            said := jsonb_build_object('medicationCodeableConcept', CASE WHEN codings IS NOT NULL THEN
                jsonb_build_object('coding', codings) END);
        END IF;
    ELSIF resource_type = 'Observation' AND resource ->> 'status' IN ('final', 'amended', 'corrected') THEN
        codings := sinusnode.risk_input_codings(resource -> 'code' -> 'coding');
        at := coalesce(resource ->> 'effectiveDateTime', resource ->> 'effectiveInstant');
        IF codings IS NOT NULL AND at IS NOT NULL
            AND (resource ? 'valueQuantity' OR resource ? 'valueCodeableConcept') THEN
            code := codings -> 0 ->> 'code';
            BEGIN
                IF at LIKE '%T%' THEN
                    effective := at::timestamptz;
                    measured := effective;
                ELSE
                    measured := (rpad(at, 10, '-01-01') || ' 00:00:00+00')::timestamptz;
                END IF;
                said := jsonb_build_object(
                    'code', jsonb_build_object('coding', codings),
                    'effectiveDateTime', at,
                    'valueQuantity', CASE WHEN resource ? 'valueQuantity' THEN jsonb_build_object(
                        'value', resource -> 'valueQuantity' -> 'value',
                        'comparator', resource -> 'valueQuantity' -> 'comparator',
                        'system', resource -> 'valueQuantity' -> 'system',
                        'code', resource -> 'valueQuantity' -> 'code') END,
                    'valueCodeableConcept', CASE WHEN resource ? 'valueCodeableConcept' THEN jsonb_build_object(
                        'coding', resource -> 'valueCodeableConcept' -> 'coding') END);
            EXCEPTION WHEN data_exception THEN
                -- A time that is none dates nothing.
                effective := NULL;
                said := NULL;
            END;
        END IF;
    END IF;
    said := jsonb_strip_nulls(said) || jsonb_build_object('resourceType', resource_type);
END;
$$;
COMMENT ON FUNCTION sinusnode.risk_input_of IS 'What rules ask of a resource, as the same resource with those elements alone; said is null when they ask for nothing of it';

CREATE TABLE sinusnode.risk_input (
    resource_type   text NOT NULL,
    resource        uuid NOT NULL,
    version         integer NOT NULL,
    patient         uuid NOT NULL,
    code            text NOT NULL,
    effective       timestamptz,
    measured        timestamptz,
    said            jsonb,
    change_sequence bigint NOT NULL,
    PRIMARY KEY (resource_type, resource)
);
CREATE INDEX risk_input_patient ON sinusnode.risk_input (patient, resource_type, code, measured DESC);
CREATE INDEX risk_input_change ON sinusnode.risk_input (change_sequence);
COMMENT ON TABLE sinusnode.risk_input IS 'What rules and scores of the analysis job ask of Patients, Conditions, active MedicationRequests and Observations beside vital readings, written in the transaction that stores or deletes them.';
COMMENT ON COLUMN sinusnode.risk_input.code IS 'Of an Observation the LOINC code by which consent decides; else empty';
COMMENT ON COLUMN sinusnode.risk_input.effective IS 'Of an Observation the moment; null when it tells a day, a month or a year';
COMMENT ON COLUMN sinusnode.risk_input.measured IS 'The moment, or the beginning of the day, month or year in UTC: the newest is given';
COMMENT ON COLUMN sinusnode.risk_input.said IS 'The resource with the elements that rules ask for alone; null when there is nothing of it any more';
COMMENT ON COLUMN sinusnode.risk_input.change_sequence IS 'As vital_reading.change_sequence';

-- What was stored before counts as changed now. Observations are found by the storage's index of codes: most are others.
DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        INSERT INTO sinusnode.risk_input (resource_type, resource, version, patient, code, effective, measured, said,
            change_sequence)
        SELECT r.res_type, r.fhir_id::uuid, v.res_ver, CASE r.res_type WHEN 'Patient' THEN r.fhir_id::uuid ELSE i.patient END,
            i.code, i.effective, i.measured, i.said, pg_current_xact_id()::text::bigint
        FROM public.hfj_resource r
        JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
        CROSS JOIN LATERAL sinusnode.risk_input_of(r.res_type, v.res_text_vc::jsonb) AS i
        WHERE r.res_deleted_at IS NULL AND v.res_encoding = 'JSON' AND i.said IS NOT NULL
            AND r.fhir_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
            AND (r.res_type = 'Patient' OR i.patient IS NOT NULL)
            AND (r.res_type IN ('Patient', 'Condition', 'MedicationRequest')
                OR r.res_type = 'Observation' AND r.res_id IN (
                    SELECT t.res_id FROM public.hfj_spidx_token t JOIN sinusnode.risk_input_code k
                        ON k.system = 'http://loinc.org' AND k.code = t.sp_value));
    END IF;
END;
$$;
