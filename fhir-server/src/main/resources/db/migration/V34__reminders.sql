-- When patients are reminded of what their therapy plans ask for: of a day ahead, before a reminder is due and becomes a Task.

CREATE TABLE sinusnode.reminder_plan (
    plan          uuid PRIMARY KEY,
    patient       uuid NOT NULL,
    organization  uuid,
    begins        timestamptz NOT NULL DEFAULT '-infinity',
    ends          timestamptz NOT NULL DEFAULT 'infinity',
    stale         boolean NOT NULL,
    planned_until timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE INDEX reminder_plan_patient ON sinusnode.reminder_plan (patient);
CREATE INDEX reminder_plan_stale ON sinusnode.reminder_plan (plan) WHERE stale;
CREATE INDEX reminder_plan_next ON sinusnode.reminder_plan (planned_until) WHERE NOT stale;
COMMENT ON TABLE sinusnode.reminder_plan IS 'CarePlans that are active, or were until a moment ago.';
COMMENT ON COLUMN sinusnode.reminder_plan.organization IS 'The clinic whose plan it is; null when it names none';
COMMENT ON COLUMN sinusnode.reminder_plan.stale IS 'What it consists of, or what its patient permits, has changed since it was read: until it is read again nothing of it becomes a Task';
COMMENT ON COLUMN sinusnode.reminder_plan.planned_until IS 'Reminders that are due before are in sinusnode.reminder; infinity before it was ever read';

CREATE TABLE sinusnode.reminder_activity (
    plan   uuid NOT NULL REFERENCES sinusnode.reminder_plan ON DELETE CASCADE,
    record text NOT NULL,
    part   smallint NOT NULL,
    name   text NOT NULL,
    timing text NOT NULL,
    PRIMARY KEY (plan, record, part)
);
COMMENT ON TABLE sinusnode.reminder_activity IS 'What active plans ask for and when, so that a day needs no look into the records.';
COMMENT ON COLUMN sinusnode.reminder_activity.record IS 'Type/id of the order, the prescription or the Task';
COMMENT ON COLUMN sinusnode.reminder_activity.part IS 'Which of its timings';
COMMENT ON COLUMN sinusnode.reminder_activity.timing IS 'R4 Timing, as JSON';

CREATE TABLE sinusnode.reminder (
    reminder uuid PRIMARY KEY,
    plan     uuid NOT NULL,
    record   text NOT NULL,
    part     smallint NOT NULL,
    planned  timestamptz NOT NULL,
    due      timestamptz NOT NULL,
    until    timestamptz NOT NULL,
    late     boolean NOT NULL DEFAULT false,
    made     boolean NOT NULL DEFAULT false
);
CREATE INDEX reminder_plan_due ON sinusnode.reminder (plan, due);
CREATE INDEX reminder_due ON sinusnode.reminder (late, due) WHERE NOT made;
CREATE INDEX reminder_until ON sinusnode.reminder (until) WHERE made;
COMMENT ON TABLE sinusnode.reminder IS 'Reminders of the next day, and those whose time is not over yet. Deleted when it is. No foreign key: a day of everybody is written in bulk.';
COMMENT ON COLUMN sinusnode.reminder.reminder IS 'Follows from plan, activity and time; the id of the Task';
COMMENT ON COLUMN sinusnode.reminder.due IS 'As planned, or beside the quiet hours';
COMMENT ON COLUMN sinusnode.reminder.late IS 'Its time was over before it became a Task: it comes after those that can still be told';
COMMENT ON COLUMN sinusnode.reminder.made IS 'Whether it is a Task; set in the transaction that stores the Task';

-- Plans that hold already are read when the server starts.
DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        INSERT INTO sinusnode.reminder_plan (plan, patient, stale)
        SELECT r.fhir_id::uuid, p.patient::uuid, true
        FROM public.hfj_resource r
        JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
        CROSS JOIN LATERAL substring(v.res_text_vc::jsonb -> 'subject' ->> 'reference'
            FROM '^Patient/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$') AS p (patient)
        WHERE r.res_type = 'CarePlan' AND r.res_deleted_at IS NULL AND v.res_encoding = 'JSON'
            AND v.res_text_vc::jsonb ->> 'status' = 'active' AND p.patient IS NOT NULL
            AND r.fhir_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
    END IF;
END;
$$;
