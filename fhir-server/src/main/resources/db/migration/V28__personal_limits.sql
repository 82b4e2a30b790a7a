-- The limits that clinicians have set for a patient are something that rules ask for: Goals of the category alert-limit, which
-- no earlier release knew.

CREATE OR REPLACE FUNCTION sinusnode.risk_input_of(resource_type text, resource jsonb,
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
COMMENT ON TABLE sinusnode.risk_input IS 'What rules and scores of the analysis job ask of Patients, Conditions, active MedicationRequests, active Goals with limits, and Observations beside vital readings, written in the transaction that stores or deletes them.';
