-- A plan that was stored and not read yet asks for what was due since then, also when the server dies in between.

ALTER TABLE sinusnode.reminder_plan ALTER COLUMN planned_until DROP DEFAULT;
COMMENT ON COLUMN sinusnode.reminder_plan.planned_until IS 'Reminders that are due before are in sinusnode.reminder; before it was ever read, when it was stored';
