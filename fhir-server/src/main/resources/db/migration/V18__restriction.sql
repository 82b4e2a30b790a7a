-- Art. 18 GDPR: what is stored of a person is kept, and nothing else is done with it.

CREATE TABLE sinusnode.restriction (
    patient   uuid PRIMARY KEY,
    ground    text NOT NULL CHECK (ground IN ('accuracy-contested', 'unlawful', 'legal-claim', 'objection')),
    since     timestamptz(3) NOT NULL,
    announced timestamptz(3)
);
COMMENT ON TABLE sinusnode.restriction IS 'Patients whose records are restricted now.';
COMMENT ON COLUMN sinusnode.restriction.announced IS 'When the patient was told that it will be lifted; null before that';

CREATE VIEW sinusnode.directive_in_force AS
SELECT d.* FROM sinusnode.directive d
WHERE NOT EXISTS (SELECT FROM sinusnode.restriction r WHERE r.patient = d.patient);
COMMENT ON VIEW sinusnode.directive_in_force IS 'What opens a record: while it is restricted, no directive does.';
