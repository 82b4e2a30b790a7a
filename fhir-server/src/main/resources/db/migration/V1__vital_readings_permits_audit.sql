-- SinusNode's own tables. They stand beside HAPI's, in a schema of their own; ids are the FHIR logical ids, which are UUIDs.

CREATE SCHEMA IF NOT EXISTS sinusnode;

-- ---------------------------------------------------------------------------------------------------------------------
-- The fast lane of vital readings
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE sinusnode.vital_code (
    code             smallint PRIMARY KEY,
    loinc            text NOT NULL UNIQUE,
    observation_code text NOT NULL,
    unit             text NOT NULL
);
COMMENT ON TABLE sinusnode.vital_code IS 'What a vital reading measures. Two bytes in each reading stand for the LOINC code and the one unit that readings of it are kept in.';
COMMENT ON COLUMN sinusnode.vital_code.loinc IS 'LOINC code of the reading, for blood pressure that of the component';
COMMENT ON COLUMN sinusnode.vital_code.observation_code IS 'LOINC code of the Observation the reading comes from; consent is given for this one';
COMMENT ON COLUMN sinusnode.vital_code.unit IS 'UCUM code of the unit of vital_reading.value';
INSERT INTO sinusnode.vital_code (code, loinc, observation_code, unit) VALUES
    (1, '8480-6', '85354-9', 'mm[Hg]'),
    (2, '8462-4', '85354-9', 'mm[Hg]'),
    (3, '8867-4', '8867-4', '/min'),
    (4, '29463-7', '29463-7', 'kg');

CREATE TABLE sinusnode.measuring_device (
    device uuid PRIMARY KEY,
    kind   "char" NOT NULL CHECK (kind IN ('c', 'l', 'p', 'e', 's', '-'))
);
COMMENT ON TABLE sinusnode.measuring_device IS 'The kind of every Device, kept in the transaction that stores the Device; readings take it over when they are written.';
COMMENT ON COLUMN sinusnode.measuring_device.kind IS 'c cuff, l cuffless, p PPG, e ECG, s scale, - not stated';

-- Columns stand in the order that wastes no alignment bytes; no column is nullable, which saves the null bitmap.
CREATE TABLE sinusnode.vital_reading (
    effective       timestamptz NOT NULL,
    value           double precision NOT NULL,
    change_sequence bigint NOT NULL,
    patient         uuid NOT NULL,
    observation     uuid NOT NULL,
    version         integer NOT NULL,
    offset_minutes  smallint NOT NULL,
    code            smallint NOT NULL,
    status          "char" NOT NULL CHECK (status IN ('r', 'p', 'f', 'a', 'c', 'x', 'e', 'u')),
    device_kind     "char" NOT NULL CHECK (device_kind IN ('c', 'l', 'p', 'e', 's', '-')),
    setting         "char" NOT NULL CHECK (setting IN ('h', 'o', '-')),
    author          "char" NOT NULL CHECK (author IN ('p', 'c', 'r', '-')),
    PRIMARY KEY (observation, code)
);
CREATE INDEX vital_reading_patient_code_effective ON sinusnode.vital_reading (patient, code, effective);
COMMENT ON TABLE sinusnode.vital_reading IS 'One row a measured value, written in the transaction that stores its Observation. A blood pressure has two rows. The Observation stays the record; this is its narrow copy for reading many.';
COMMENT ON COLUMN sinusnode.vital_reading.effective IS 'When it was measured';
COMMENT ON COLUMN sinusnode.vital_reading.offset_minutes IS 'UTC offset that the Observation stated, so that morning and evening can be told apart';
COMMENT ON COLUMN sinusnode.vital_reading.value IS 'In the unit of vital_code.unit';
COMMENT ON COLUMN sinusnode.vital_reading.version IS 'Version of the Observation the row was taken from';
COMMENT ON COLUMN sinusnode.vital_reading.status IS 'Observation.status: r registered, p preliminary, f final, a amended, c corrected, x cancelled, e entered-in-error, u unknown';
COMMENT ON COLUMN sinusnode.vital_reading.device_kind IS 'As measuring_device.kind stood when the Observation was written';
COMMENT ON COLUMN sinusnode.vital_reading.setting IS 'h home, o office, - not stated';
COMMENT ON COLUMN sinusnode.vital_reading.author IS 'Who reported it, by Observation.performer: p the patient, c a clinic or its staff, r a related person, - not stated; the exact author stands in the Observation';
COMMENT ON COLUMN sinusnode.vital_reading.change_sequence IS 'Transaction id (xid8) that wrote the row. Numbers handed out by a sequence become visible out of order, so a reader that remembers the highest one it saw loses rows of slower transactions. A reader here remembers pg_snapshot_xmin of its own snapshot and asks for rows from there on: it sees every change at least once. After a restore into another cluster, readers start from the beginning.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Consent and relationship, compiled
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE sinusnode.permit (
    permit          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient         uuid NOT NULL,
    consent         uuid NOT NULL,
    consent_version bigint NOT NULL,
    provision       text NOT NULL,
    organization    uuid NOT NULL,
    purpose         text NOT NULL,
    resource_type   text,
    code_system     text,
    code            text,
    valid_from      timestamptz NOT NULL,
    valid_to        timestamptz NOT NULL DEFAULT 'infinity',
    change_sequence bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    CHECK ((code IS NULL) = (code_system IS NULL))
);
CREATE INDEX permit_organization_purpose_patient ON sinusnode.permit (organization, purpose, patient);
CREATE INDEX permit_patient ON sinusnode.permit (patient);
CREATE INDEX permit_consent ON sinusnode.permit (consent);
COMMENT ON TABLE sinusnode.permit IS 'The compiled form of active Consents and the only authority on what they allow: the patient permits the organization to use records of a type and code for a purpose, from one instant until another. Replaced in the transaction that stores the Consent.';
COMMENT ON COLUMN sinusnode.permit.provision IS 'Where in the Consent the rule stands';
COMMENT ON COLUMN sinusnode.permit.purpose IS 'Code of v3-ActReason';
COMMENT ON COLUMN sinusnode.permit.resource_type IS 'FHIR type the rule is limited to; null permits every type';
COMMENT ON COLUMN sinusnode.permit.code IS 'Code the rule is limited to; null permits every code';
COMMENT ON COLUMN sinusnode.permit.valid_to IS 'Exclusive';
COMMENT ON COLUMN sinusnode.permit.change_sequence IS 'As vital_reading.change_sequence: a patient who permits something new is new to an incremental reader';

CREATE TABLE sinusnode.membership (
    membership   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient      uuid NOT NULL,
    organization uuid NOT NULL,
    relationship text NOT NULL CHECK (relationship IN ('CARE_TEAM', 'COVERAGE')),
    source_type  text NOT NULL,
    source       uuid NOT NULL,
    valid_from   timestamptz NOT NULL,
    valid_to     timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE INDEX membership_organization_relationship_patient ON sinusnode.membership (organization, relationship, patient);
CREATE INDEX membership_patient ON sinusnode.membership (patient);
CREATE INDEX membership_source ON sinusnode.membership (source);
COMMENT ON TABLE sinusnode.membership IS 'Which organizations are linked to a patient, as CareTeam and Coverage state it. Replaced in the transaction that stores the CareTeam or Coverage.';
COMMENT ON COLUMN sinusnode.membership.source IS 'Id of the CareTeam or Coverage';
COMMENT ON COLUMN sinusnode.membership.valid_to IS 'Exclusive';

-- ---------------------------------------------------------------------------------------------------------------------
-- Audit
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE sinusnode.audit_event (
    id          uuid PRIMARY KEY,
    recorded    timestamptz(3) NOT NULL,
    outcome     text NOT NULL,
    subtype     text NOT NULL,
    client      text,
    caller      text,
    patient     text,
    denial_code text,
    request_id  text,
    resource    text NOT NULL
);
CREATE INDEX audit_event_recorded ON sinusnode.audit_event (recorded);
CREATE INDEX audit_event_patient ON sinusnode.audit_event (patient, recorded) WHERE patient IS NOT NULL;
COMMENT ON TABLE sinusnode.audit_event IS 'Every disclosure and every denial as an AuditEvent; rows are only ever added.';
COMMENT ON COLUMN sinusnode.audit_event.outcome IS 'AuditEvent.outcome: 0 success, 4 refused, 8 serious failure, 12 major failure';
COMMENT ON COLUMN sinusnode.audit_event.client IS 'Client that called';
COMMENT ON COLUMN sinusnode.audit_event.caller IS 'Person or organization behind the client';
COMMENT ON COLUMN sinusnode.audit_event.patient IS 'Id of the patient concerned, when exactly one is';
COMMENT ON COLUMN sinusnode.audit_event.resource IS 'The AuditEvent as FHIR JSON, byte for byte as it was recorded';

CREATE FUNCTION sinusnode.refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Audit events are only ever added: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END;
$$;
CREATE TRIGGER audit_event_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON sinusnode.audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION sinusnode.refuse_change_of_audit();
