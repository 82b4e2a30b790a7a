-- Questions of patients wait for somebody, too, and are looked for among the same few rows as sign-offs.

ALTER TABLE sinusnode.sign_off_due RENAME TO task_due;
ALTER TABLE sinusnode.task_due RENAME CONSTRAINT sign_off_due_pkey TO task_due_pkey;
ALTER INDEX sinusnode.sign_off_due_patient RENAME TO task_due_patient;
ALTER TABLE sinusnode.task_due ADD COLUMN kind text NOT NULL DEFAULT 'sign-off';
ALTER TABLE sinusnode.task_due ALTER COLUMN kind DROP DEFAULT;
ALTER TABLE sinusnode.task_due ADD COLUMN question uuid;
ALTER TABLE sinusnode.task_due ADD COLUMN answer uuid;
DROP INDEX sinusnode.sign_off_due_look;
CREATE INDEX task_due_look ON sinusnode.task_due (kind, look_at) WHERE escalated IS NULL AND answer IS NULL;
CREATE INDEX task_due_question ON sinusnode.task_due (question) WHERE question IS NOT NULL;
CREATE INDEX task_due_answer ON sinusnode.task_due (answer) WHERE answer IS NOT NULL;
COMMENT ON TABLE sinusnode.task_due IS 'Tasks that are escalated when their time is over: sign-offs that are not closed, questions that nobody has taken up. Kept in the transaction that stores the Task.';
COMMENT ON COLUMN sinusnode.task_due.kind IS 'The code of the Task: sign-off or patient-question';
COMMENT ON COLUMN sinusnode.task_due.due IS 'Task.restriction.period.end of a sign-off; of a question Task.authoredOn and the time that its priority has';
COMMENT ON COLUMN sinusnode.task_due.question IS 'The Communication that is to be answered; null for a sign-off';
COMMENT ON COLUMN sinusnode.task_due.answer IS 'The Communication by which a clinic has answered; such a question is not looked at';

-- Questions from before have the times that are the default; another update of the Task takes the ones that are set.
DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        INSERT INTO sinusnode.task_due (task, patient, kind, due, look_at, question)
        SELECT t.task, t.patient, 'patient-question', t.due, t.due, t.question FROM (
            SELECT r.fhir_id::uuid AS task,
                substring(v.res_text_vc::jsonb -> 'for' ->> 'reference'
                    FROM '^Patient/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$')::uuid AS patient,
                substring(v.res_text_vc::jsonb -> 'focus' ->> 'reference'
                    FROM '^Communication/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$')::uuid AS question,
                date_trunc('second', substring(v.res_text_vc::jsonb ->> 'authoredOn'
                    FROM '^[0-9-]{10}T[0-9:.]{8,12}(?:Z|[+-][0-9]{2}:[0-9]{2})$')::timestamptz)
                    + CASE v.res_text_vc::jsonb ->> 'priority' WHEN 'stat' THEN interval '10 minutes'
                        WHEN 'asap' THEN interval '1 hour' ELSE interval '8 hours' END AS due
            FROM public.hfj_resource r
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = 'Task' AND r.res_deleted_at IS NULL AND v.res_encoding = 'JSON'
                AND r.fhir_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
                AND v.res_text_vc::jsonb ->> 'status' IN ('draft', 'requested', 'received', 'ready')
                AND v.res_text_vc::jsonb -> 'code' -> 'coding' @>
                    '[{"system": "https://sinusnode.eu/fhir/CodeSystem/task-code", "code": "patient-question"}]') t
        WHERE t.patient IS NOT NULL AND t.due IS NOT NULL;

        UPDATE sinusnode.task_due t SET answer = a.answer FROM (
            SELECT r.fhir_id::uuid AS answer,
                substring(e.replied ->> 'reference'
                    FROM '^Communication/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$')::uuid AS question
            FROM public.hfj_resource r
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            CROSS JOIN LATERAL jsonb_array_elements(v.res_text_vc::jsonb -> 'inResponseTo') AS e (replied)
            WHERE r.res_type = 'Communication' AND r.res_deleted_at IS NULL AND v.res_encoding = 'JSON'
                AND r.fhir_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
                AND v.res_text_vc::jsonb ->> 'status' = 'completed'
                AND v.res_text_vc::jsonb -> 'sender' ->> 'reference' ~ '^(?:Practitioner|PractitionerRole|Organization)/') a
        WHERE t.question = a.question;
    END IF;
END;
$$;
