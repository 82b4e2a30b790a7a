-- Alerts of patients' answers wait among the Tasks that are escalated, too; the table holds them as it is.

COMMENT ON TABLE sinusnode.task_due IS 'Tasks that are escalated when their time is over: sign-offs that are not closed, questions and alerts of answers that nobody has taken up. Kept in the transaction that stores the Task.';
COMMENT ON COLUMN sinusnode.task_due.kind IS 'The code of the Task: sign-off, patient-question or therapy-alert';
COMMENT ON COLUMN sinusnode.task_due.due IS 'Task.restriction.period.end of a sign-off; of a question or an alert Task.authoredOn and the time that its priority has';
COMMENT ON COLUMN sinusnode.task_due.question IS 'The Communication that is to be answered; null for what is no question';
