-- Sign-offs that are asked for, and by when: an overdue one is looked for each minute, among few rows.

CREATE TABLE sinusnode.sign_off_due (
    task      uuid PRIMARY KEY,
    patient   uuid NOT NULL,
    due       timestamptz NOT NULL,
    look_at   timestamptz NOT NULL,
    escalated timestamptz
);
CREATE INDEX sign_off_due_look ON sinusnode.sign_off_due (look_at) WHERE escalated IS NULL;
CREATE INDEX sign_off_due_patient ON sinusnode.sign_off_due (patient);
COMMENT ON TABLE sinusnode.sign_off_due IS 'Tasks of code sign-off that are not closed, kept in the transaction that stores the Task.';
COMMENT ON COLUMN sinusnode.sign_off_due.due IS 'Task.restriction.period.end';
COMMENT ON COLUMN sinusnode.sign_off_due.look_at IS 'When it is looked at next: when it is due, and later when it could not be escalated then';
COMMENT ON COLUMN sinusnode.sign_off_due.escalated IS 'When it was escalated, which happens once';

DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        INSERT INTO sinusnode.sign_off_due (task, patient, due, look_at)
        SELECT t.task, t.patient, t.due, t.due FROM (
            SELECT r.fhir_id::uuid AS task,
                substring(v.res_text_vc::jsonb -> 'for' ->> 'reference'
                    FROM '^Patient/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$')::uuid AS patient,
                substring(v.res_text_vc::jsonb -> 'restriction' -> 'period' ->> 'end'
                    FROM '^[0-9-]{10}T[0-9:.]{8,12}(?:Z|[+-][0-9]{2}:[0-9]{2})$')::timestamptz AS due
            FROM public.hfj_resource r
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = 'Task' AND r.res_deleted_at IS NULL AND v.res_encoding = 'JSON'
                AND r.fhir_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
                AND v.res_text_vc::jsonb ->> 'status' NOT IN
                    ('cancelled', 'completed', 'rejected', 'failed', 'entered-in-error')
                AND v.res_text_vc::jsonb -> 'code' -> 'coding' @>
                    '[{"system": "https://sinusnode.eu/fhir/CodeSystem/task-code", "code": "sign-off"}]') t
        WHERE t.patient IS NOT NULL AND t.due IS NOT NULL;
    END IF;
END;
$$;
