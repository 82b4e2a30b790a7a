-- When it is next written how much of an active plan was kept: in the night to Monday, at a time of each plan's own.

ALTER TABLE sinusnode.reminder_plan ADD COLUMN adherence_due timestamptz NOT NULL DEFAULT (
    (date_trunc('week', now() AT TIME ZONE 'Europe/Berlin') + interval '7 days 1 hour' + random() * interval '4 hours')
    AT TIME ZONE 'Europe/Berlin');
CREATE INDEX reminder_plan_adherence ON sinusnode.reminder_plan (adherence_due) WHERE NOT stale;
COMMENT ON COLUMN sinusnode.reminder_plan.adherence_due IS 'When adherence is next computed; a plan that begins waits for its first whole week';
