-- A medicine that is only proposed is not taken, whatever its status says: no rule asks for it.

CREATE OR REPLACE FUNCTION sinusnode.risk_input_of(resource_type text, resource jsonb,
    OUT patient uuid, OUT code text, OUT effective timestamptz, OUT measured timestamptz, OUT said jsonb)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    codings jsonb;
    at text;
    over_time boolean;
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
        IF codings IS NOT NULL AND at IS NOT NULL
            AND (resource ? 'valueQuantity' OR resource ? 'valueCodeableConcept' OR resource ? 'valueBoolean') THEN
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
                    'effectiveDateTime', at,
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

-- What was stored before, and counted as taken, counts as changed now.
DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        UPDATE sinusnode.risk_input AS t SET said = NULL, change_sequence = pg_current_xact_id()::text::bigint
        FROM public.hfj_resource r
        JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
        WHERE t.resource_type = 'MedicationRequest' AND t.said IS NOT NULL
            AND r.res_type = 'MedicationRequest' AND r.fhir_id = t.resource::text
            AND v.res_encoding = 'JSON' AND v.res_text_vc::jsonb ->> 'intent' = 'proposal';
    END IF;
END;
$$;
