-- Rules of blood pressure and weight ask for adherence, as the server computes it, and for all drugs that lower blood pressure.

INSERT INTO sinusnode.risk_input_code (system, code, begins)
SELECT 'https://sinusnode.eu/fhir/CodeSystem/observation-code', c.code, false
FROM regexp_split_to_table('days-covered measurements-kept', ' ') AS c (code)
UNION ALL
SELECT s.system, c.code, true
FROM unnest(ARRAY['http://fhir.de/CodeSystem/bfarm/atc', 'http://www.whocc.no/atc']) AS s (system),
    regexp_split_to_table('C02 C03 C08', ' ') AS c (code);
-- It begins with C08.
DELETE FROM sinusnode.risk_input_code WHERE code = 'C08D';

CREATE FUNCTION sinusnode.risk_input_references(named jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_agg(jsonb_build_object('reference', n -> 'reference') ORDER BY n ->> 'reference')
    FROM jsonb_array_elements(named) AS n WHERE n ->> 'reference' NOT LIKE 'CarePlan/%'
$$;
COMMENT ON FUNCTION sinusnode.risk_input_references IS 'What is named, without its words and without the plan; null when there is nothing';

CREATE OR REPLACE FUNCTION sinusnode.risk_input_of(resource_type text, resource jsonb,
    OUT patient uuid, OUT code text, OUT effective timestamptz, OUT measured timestamptz, OUT said jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    codings jsonb;
    at text;
    over_time boolean;
    adherence boolean;
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
    ELSIF resource_type = 'MedicationRequest' AND resource ->> 'status' = 'active'
        AND resource ->> 'intent' IS DISTINCT FROM 'proposal' THEN
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
        -- What took its time, such as an exercise test, is as old as its beginning, and has no moment that a consent could open.
        over_time := at IS NULL;
        at := coalesce(at, resource -> 'effectivePeriod' ->> 'start');
        adherence := coalesce(codings -> 0 ->> 'code' IN ('days-covered', 'measurements-kept'), false);
        -- Of adherence it is told, too, that it was not computable.
        IF codings IS NOT NULL AND at IS NOT NULL AND (resource ? 'valueQuantity' OR resource ? 'valueCodeableConcept'
            OR resource ? 'valueBoolean' OR adherence) THEN
            code := codings -> 0 ->> 'code';
            BEGIN
                IF at LIKE '%T%' THEN
                    measured := at::timestamptz;
                    effective := CASE WHEN NOT over_time THEN measured END;
                ELSE
                    measured := (rpad(at, 10, '-01-01') || ' 00:00:00+00')::timestamptz;
                END IF;
                said := jsonb_build_object(
                    'code', jsonb_build_object('coding', codings),
                    'effectiveDateTime', CASE WHEN NOT adherence THEN at END,
                    'effectivePeriod', CASE WHEN adherence THEN jsonb_build_object(
                        'start', resource -> 'effectivePeriod' -> 'start',
                        'end', resource -> 'effectivePeriod' -> 'end') END,
                    -- What was asked for, without the plan, and what was done.
                    'basedOn', CASE WHEN adherence THEN sinusnode.risk_input_references(resource -> 'basedOn') END,
                    'derivedFrom', CASE WHEN adherence THEN
                        sinusnode.risk_input_references(resource -> 'derivedFrom') END,
                    'valueQuantity', CASE WHEN resource ? 'valueQuantity' THEN jsonb_build_object(
                        'value', resource -> 'valueQuantity' -> 'value',
                        'comparator', resource -> 'valueQuantity' -> 'comparator',
                        'system', resource -> 'valueQuantity' -> 'system',
                        'code', resource -> 'valueQuantity' -> 'code') END,
                    'valueBoolean', resource -> 'valueBoolean',
                    'valueCodeableConcept', CASE WHEN resource ? 'valueCodeableConcept' THEN jsonb_build_object(
                        'coding', resource -> 'valueCodeableConcept' -> 'coding') END);
            EXCEPTION WHEN data_exception THEN
                -- A time that is none dates nothing.
                effective := NULL;
                said := NULL;
            END;
        END IF;
    ELSIF resource_type = 'Goal' AND resource ->> 'lifecycleStatus' = 'active' AND resource -> 'category' @>
        '[{"coding": [{"system": "https://sinusnode.eu/fhir/CodeSystem/goal-category", "code": "alert-limit"}]}]' THEN
        said := jsonb_build_object(
            'lifecycleStatus', resource -> 'lifecycleStatus',
            'category', '[{"coding": [{"system": "https://sinusnode.eu/fhir/CodeSystem/goal-category", "code": "alert-limit"}]}]'::jsonb,
            'target', (SELECT jsonb_agg(jsonb_build_object(
                'measure', jsonb_build_object('coding', (SELECT jsonb_agg(jsonb_build_object(
                    'system', c -> 'system', 'code', c -> 'code')) FROM jsonb_array_elements(t -> 'measure' -> 'coding') AS c)),
                'detailRange', (SELECT jsonb_object_agg(e.end_of, jsonb_build_object(
                    'value', e.q -> 'value', 'system', e.q -> 'system', 'code', e.q -> 'code'))
                    FROM jsonb_each(t -> 'detailRange') AS e (end_of, q) WHERE e.end_of IN ('low', 'high'))))
                FROM jsonb_array_elements(resource -> 'target') AS t));
    END IF;
    said := jsonb_strip_nulls(said) || jsonb_build_object('resourceType', resource_type);
END;
$$;

-- What was stored before, and rules ask for only now, counts as changed now.
DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        INSERT INTO sinusnode.risk_input AS t (resource_type, resource, version, patient, code, effective, measured, said,
            change_sequence)
        SELECT r.res_type, r.fhir_id::uuid, v.res_ver, i.patient, i.code, i.effective, i.measured, i.said,
            pg_current_xact_id()::text::bigint
        FROM public.hfj_resource r
        JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
        CROSS JOIN LATERAL sinusnode.risk_input_of(r.res_type, v.res_text_vc::jsonb) AS i
        WHERE r.res_type IN ('MedicationRequest', 'Observation') AND r.res_deleted_at IS NULL
            AND v.res_encoding = 'JSON' AND i.said IS NOT NULL AND i.patient IS NOT NULL
            AND r.fhir_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
            AND (r.res_type = 'MedicationRequest' OR r.res_id IN (
                SELECT x.res_id FROM public.hfj_spidx_token x
                WHERE x.sp_value IN ('days-covered', 'measurements-kept')))
        ON CONFLICT (resource_type, resource) DO UPDATE SET version = excluded.version, patient = excluded.patient,
            code = excluded.code, effective = excluded.effective, measured = excluded.measured, said = excluded.said,
            change_sequence = excluded.change_sequence
        WHERE t.said IS DISTINCT FROM excluded.said OR t.version <> excluded.version;
    END IF;
END;
$$;
