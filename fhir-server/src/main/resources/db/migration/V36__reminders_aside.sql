-- A reminder that cannot become a Task, or a plan that cannot be read, does not hold back the others.

ALTER TABLE sinusnode.reminder
    ADD COLUMN tries smallint NOT NULL DEFAULT 0,
    ADD COLUMN again timestamptz NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN sinusnode.reminder.tries IS 'How often in a row it could not be worked on';
COMMENT ON COLUMN sinusnode.reminder.again IS 'Before then it is not tried again';

ALTER TABLE sinusnode.reminder_plan
    ADD COLUMN tries smallint NOT NULL DEFAULT 0,
    ADD COLUMN again timestamptz NOT NULL DEFAULT '-infinity';
COMMENT ON COLUMN sinusnode.reminder_plan.tries IS 'How often in a row it could not be read or computed';
COMMENT ON COLUMN sinusnode.reminder_plan.again IS 'Before then it is not tried again';
