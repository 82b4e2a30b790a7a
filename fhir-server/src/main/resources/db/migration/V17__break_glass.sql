-- A clinician opens one patient's record for a short time although no Consent permits it.

CREATE TABLE sinusnode.break_glass (
    opening      uuid PRIMARY KEY,
    patient      uuid NOT NULL,
    organization uuid NOT NULL,
    practitioner uuid NOT NULL,
    token        text NOT NULL,
    reason       text NOT NULL CHECK (reason IN ('ETREAT', 'BTG')),
    words        text NOT NULL,
    opened       timestamptz(3) NOT NULL,
    until        timestamptz(3) NOT NULL,
    term         timestamptz(3) NOT NULL,
    CHECK (opened <= until AND until <= term)
);
CREATE INDEX break_glass_practitioner_term ON sinusnode.break_glass (practitioner, term);
CREATE INDEX break_glass_patient ON sinusnode.break_glass (patient);
COMMENT ON TABLE sinusnode.break_glass IS 'Who has opened whose record without a Consent. Read by each decision on a record for a clinician.';
COMMENT ON COLUMN sinusnode.break_glass.practitioner IS 'The person alone, and for this organization alone';
COMMENT ON COLUMN sinusnode.break_glass.token IS 'The jti of the token that opened it: it opens the patient once';
COMMENT ON COLUMN sinusnode.break_glass.reason IS 'Code of v3-ActReason';
COMMENT ON COLUMN sinusnode.break_glass.words IS 'The reason in the clinician''s own words; the patient is told them';
COMMENT ON COLUMN sinusnode.break_glass.until IS 'Exclusive; earlier than term when it was closed early';
COMMENT ON COLUMN sinusnode.break_glass.term IS 'When its time is over: until then it counts among those that a person may have opened at once';
