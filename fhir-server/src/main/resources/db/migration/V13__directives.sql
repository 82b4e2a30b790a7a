-- A Consent also denies, and says of whom, of what and of which records: its compiled form grows.

ALTER TABLE sinusnode.permit RENAME TO directive;
ALTER TABLE sinusnode.directive RENAME COLUMN permit TO directive;
ALTER INDEX sinusnode.permit_organization_purpose_patient RENAME TO directive_organization_purpose_patient;
ALTER INDEX sinusnode.permit_patient RENAME TO directive_patient;
ALTER INDEX sinusnode.permit_consent RENAME TO directive_consent;

ALTER TABLE sinusnode.directive
    ADD COLUMN effect "char" NOT NULL DEFAULT 'p' CHECK (effect IN ('p', 'd')),
    ADD COLUMN practitioner uuid,
    ADD COLUMN labels text[] NOT NULL DEFAULT '{}',
    ADD COLUMN instance text,
    ALTER COLUMN organization DROP NOT NULL,
    ALTER COLUMN purpose DROP NOT NULL,
    ADD CHECK (effect = 'd' OR (organization IS NOT NULL AND purpose IS NOT NULL AND practitioner IS NULL)),
    ADD CHECK (organization IS NULL OR practitioner IS NULL);
ALTER TABLE sinusnode.directive ALTER COLUMN effect DROP DEFAULT, ALTER COLUMN labels DROP DEFAULT;

CREATE INDEX directive_of_anybody ON sinusnode.directive (patient) WHERE organization IS NULL OR purpose IS NULL;

COMMENT ON TABLE sinusnode.directive IS 'The compiled form of active Consents and the only authority on what they say: the patient permits or denies somebody the use of some records for a purpose, from one instant until another. Replaced in the transaction that stores the Consent.';
COMMENT ON COLUMN sinusnode.directive.effect IS 'p permits, d denies';
COMMENT ON COLUMN sinusnode.directive.organization IS 'Callers of this Organization; null is everybody, or the practitioner';
COMMENT ON COLUMN sinusnode.directive.practitioner IS 'This person alone; in a deny';
COMMENT ON COLUMN sinusnode.directive.purpose IS 'Code of v3-ActReason; null is every purpose, in a deny';
COMMENT ON COLUMN sinusnode.directive.resource_type IS 'FHIR type the rule is limited to; null is every type';
COMMENT ON COLUMN sinusnode.directive.code IS 'Code the rule is limited to; null is every code';
COMMENT ON COLUMN sinusnode.directive.labels IS 'Security labels the rule is limited to, system|code; all of them';
COMMENT ON COLUMN sinusnode.directive.instance IS 'The one record the rule is limited to, Type/id; null is every record';
COMMENT ON COLUMN sinusnode.directive.change_sequence IS 'As vital_reading.change_sequence: a patient who permits something new is new to an incremental reader';
